import { useMemo, useState } from 'react'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button, IconButton, LinkButton } from '#client/ui/actions/Button.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { ICON_SHAPES, type IconName } from '#client/ui/base/icon-shapes.ts'
import { Grid, Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Avatar, Card, Chip, Dot, PersonLine } from '#client/ui/base/surfaces.tsx'
import { SIDE_HUES, type Who } from '#client/ui/base/who.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { SyncStatus } from '#client/ui/feedback/SyncStatus.tsx'
import { EmptyState, Loading, Skeleton } from '#client/ui/feedback/states.tsx'
import { UndoToast } from '#client/ui/feedback/UndoToast.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { Tabs } from '#client/ui/frame/Tabs.tsx'
import { RARE_ICON_SHAPES } from '#client/ui/rare-icon-shapes.ts'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import type { Clock, Timers } from '#shared/kernel/clock.ts'

const EVERYBODY: readonly Who[] = ['joint', ...SIDE_HUES, 'mediators', 'group', 'self']
const nothing = () => undefined

const ICONS = Object.keys({ ...ICON_SHAPES, ...RARE_ICON_SHAPES }) as IconName[] // the keys of both

export function ComponentsShown() {
  const f = useFormats()
  const [dialog, setDialog] = useState(false)
  const clock = useMemo<Clock>(() => ({ now: () => Date.now() }), [])
  const timers = useMemo<Timers>(() => ({ after: () => nothing }), [])
  return (
    <PageFrame width="wide" header={<PageHeader home="/kit" title="Kit" />}>
      <Stack gap={6}>
        <h1>Соглашение, которое держится</h1>
        <Stack as="section" gap={3}>
          <h2>Buttons</h2>
          <Row wrap>
            <Button kind="primary">Дальше</Button>
            <Button>Әрі қарай</Button>
            <Button kind="quiet">Cancel</Button>
            <Button kind="danger" icon="trash">
              Удалить
            </Button>
            <Button kind="primary" busy>
              Отправляем…
            </Button>
            <Button disabled>Недоступно</Button>
            <Button kind="primary" size="l" icon="pen">
              Подписать
            </Button>
            <Button size="s" icon="note">
              Заметка
            </Button>
            <LinkButton href="/" icon="print">
              Печать
            </LinkButton>
            <CopyButton text="https://example">Скопировать ссылку</CopyButton>
            <IconButton icon="bell" label="Позвать" />
            <Menu
              label="Ещё"
              items={[
                { id: '1', label: 'Завершить встречу', icon: 'clock', note: 'Все увидят сообщение', onSelect: nothing },
                { id: '2', label: 'Уйти', icon: 'leave', danger: true, onSelect: nothing },
              ]}
            />
          </Row>
          <Row wrap>
            {EVERYBODY.map((who) => (
              <Button key={who} kind="who" who={who}>
                {who}
              </Button>
            ))}
          </Row>
        </Stack>
        <Stack as="section" gap={3}>
          <h2>Who</h2>
          {EVERYBODY.map((who) => (
            <Ribbon key={who} who={who} more="Другая сторона не узнает, что вы пишете и сколько.">
              Видите только вы и медиатор.
            </Ribbon>
          ))}
          <Row wrap gap={3}>
            {EVERYBODY.map((who) => (
              <Avatar key={who} who={who} name="Айгүл Серік" />
            ))}
            <Avatar who="b" name="Мария Жук" away />
            <Avatar who="a" name="Ерлан Омаров" size="l" letter="F" />
          </Row>
          <Row wrap>
            {EVERYBODY.map((who) => (
              <Chip key={who} who={who} icon={who === 'joint' ? 'people' : 'lock'}>
                {who}
              </Chip>
            ))}
            <Chip tone="good" icon="check">
              готовы
            </Chip>
            <Chip tone="warn" icon="clock">
              ждём
            </Chip>
            <Chip tone="bad" icon="warn">
              отказ
            </Chip>
            <Chip>черновик</Chip>
            <Dot count={3} who="a" label="3" />
            <Dot count={128} who="joint" label="128" />
          </Row>
        </Stack>
        <Stack as="section" gap={3}>
          <h2>Feedback</h2>
          <Banner>Голос идёт по телефону. Пока вы говорите, связь может пропадать: всё написанное отправится потом.</Banner>
          <Banner tone="warn" title="Нет связи">
            Можно писать дальше, 2 сообщения будут отправлены.
          </Banner>
          <Banner tone="bad" title="Не сохранено" onClose={nothing}>
            Текст уже закрыт для подписания.
          </Banner>
          <Banner tone="good">Қолтаңбалар расталды, мәтін өзгертілмеген.</Banner>
          <Banner
            who="a"
            icon="lock"
            title="Медиатор приглашает вас поговорить отдельно"
            actions={
              <>
                <Button kind="who" who="a">
                  Перейти
                </Button>
                <Button kind="quiet">Не сейчас</Button>
              </>
            }
          >
            Другая сторона об этом не узнает.
          </Banner>
          <ProblemBanner problem={{ kind: 'too-many', id: 'k7f2-91' }} />
          <Row wrap gap={5}>
            <SyncStatus state="ok" end={f.exactTime(1795337002000)}>
              Сохранено
            </SyncStatus>
            <SyncStatus state="waiting">Отправляем…</SyncStatus>
            <SyncStatus state="offline">Нет связи</SyncStatus>
            <SyncStatus state="bad">Не сохранено</SyncStatus>
          </Row>
          <UndoToast clock={clock} timers={timers} onUndo={nothing} onDone={nothing}>
            Приглашение отозвано
          </UndoToast>
        </Stack>
        <Tabs
          label="Части"
          tabs={[
            { href: '#cases', label: 'Дела', current: true },
            { href: '#sides', label: 'Тараптар', current: false },
            { href: '#log', label: 'Журнал', current: false },
          ]}
        />
        <Grid>
          <Card as="section">
            <Stack gap={3}>
              <h2>Карточка</h2>
              <Muted>
                {f.date(1795337002000)} · {f.money(1840000)} · {f.stamp(1795337002000)}
              </Muted>
              <Button onClick={() => setDialog(true)}>Открыть окно</Button>
            </Stack>
          </Card>
          <Card who="a" as="section">
            <Stack gap={3}>
              <PersonLine name="Айгүл Серік" who="a" note="КХ «Береке»" />
              <PersonLine name="Мария Жук" who="b" away note="юрист «Дала Жем» · связь прервалась" />
            </Stack>
          </Card>
          <Card>
            <Skeleton />
          </Card>
          <Card>
            <Loading />
          </Card>
          <Card>
            <EmptyState icon="people" title="Никто ещё не писал" actions={<Button>Написать</Button>}>
              Начните с того, что для вас важнее всего.
            </EmptyState>
          </Card>
          <Card>
            <ErrorState problem={{ kind: 'unavailable', id: 'k7f2-91' }} onRetry={nothing} />
          </Card>
        </Grid>
        <Row wrap gap={3}>
          {ICONS.map((name) => (
            <Icon key={name} name={name} label={name} />
          ))}
        </Row>
        <Row wrap gap={3}>
          {ICONS.map((name) => (
            <Icon key={name} name={name} size="l" />
          ))}
        </Row>
      </Stack>
      {dialog && (
        <ConfirmDialog
          title="Закрыть текст для подписания?"
          cancel="Оставить открытым"
          confirm="Закрыть текст"
          busy={false}
          act={async () => true}
          onClose={() => setDialog(false)}
        >
          <p>Текст больше нельзя будет менять. Все стороны получат один и тот же текст и смогут его подписать.</p>
        </ConfirmDialog>
      )}
    </PageFrame>
  )
}
