import { useState } from 'react'
import { Button, IconButton } from '#client/ui/actions/Button.tsx'
import { LanguageSwitch, useLanguageItems } from '#client/ui/actions/LanguageSwitch.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { useThemeItems } from '#client/ui/actions/theme.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { Row, Spacer, Stack, Wide } from '#client/ui/base/layout.tsx'
import { Chip, PersonLine } from '#client/ui/base/surfaces.tsx'
import { SyncStatus } from '#client/ui/feedback/SyncStatus.tsx'
import { RoomFrame, type RoomPart } from '#client/ui/frame/RoomFrame.tsx'
import { TalkColumn } from '#client/ui/frame/TalkColumn.tsx'
import { Composer } from '#client/ui/talk/Composer.tsx'
import { EventLine, OthersMessage, OwnMessage, RemovedMessage, Talk } from '#client/ui/talk/Message.tsx'
import { Clause, Paper } from '#client/ui/talk/Paper.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { RoomSwitch } from '#client/ui/talk/RoomSwitch.tsx'

export function RoomShown() {
  const [part, setPart] = useState<RoomPart>('talk')
  const [drawer, setDrawer] = useState(false)
  const [room, setRoom] = useState('all')
  const [text, setText] = useState('')
  const theme = useThemeItems()
  const languages = useLanguageItems()
  const who = room === 'all' ? 'joint' : 'a'
  return (
    <RoomFrame
      part={part}
      onPart={setPart}
      drawerOpen={drawer}
      onDrawer={setDrawer}
      sideLabel="Люди и помощь"
      tabs={[
        { id: 'talk', label: 'Разговор', icon: 'people' },
        { id: 'draft', label: 'Черновик', icon: 'pen', unread: 2 },
        { id: 'side', label: 'Помощь', icon: 'hand' },
      ]}
      header={
        <>
          <Logo size="s" />
          <h1 className="ui-header-title">
            Береке — Дала Жем<small>Ерлан Омаров здесь</small>
          </h1>
          <SyncStatus state="ok">Отправлено</SyncStatus>
          <Wide>
            <LanguageSwitch />
          </Wide>
          <Menu label="Ещё" items={[...languages, ...theme]} />
        </>
      }
      side={
        <Stack gap={5}>
          <Stack gap={3}>
            <h2>Люди</h2>
            <PersonLine name="Ерлан Омаров" who="mediators" note="медиатор" />
            <PersonLine name="Айгүл Серік" who="a" note="КХ «Береке», это вы" />
            <PersonLine name="Павел Ким" who="b" note="ТОО «Дала Жем»" />
            <PersonLine name="Мария Жук" who="b" away note="юрист «Дала Жем» · связь прервалась" />
          </Stack>
          <Button icon="hand" wide>
            Позвать медиатора
          </Button>
        </Stack>
      }
      talk={
        <TalkColumn
          room={room}
          top={
            <RoomSwitch
              label="Комнаты"
              current={room}
              onChange={setRoom}
              rooms={[
                { id: 'all', label: 'Все', who: 'joint' },
                { id: 'a', label: 'Медиатор', who: 'a', unread: 1 },
              ]}
            />
          }
          ribbon={
            who === 'joint' ? (
              <Ribbon who="joint" more="вы, Ерлан Омаров, Павел Ким, Мария Жук">
                Видят все, 4 человека:
              </Ribbon>
            ) : (
              <Ribbon who="a" more="Другая сторона не узнает, что вы пишете и сколько.">
                Видите только вы и медиатор.
              </Ribbon>
            )
          }
          composer={
            <Composer
              who={who}
              readers={who === 'joint' ? 'Прочтут все' : 'Прочтёт только медиатор'}
              value={text}
              onChange={setText}
              onSend={() => setText('')}
              sendLabel={who === 'joint' ? 'Всем' : 'Медиатору'}
              label="Сообщение"
              placeholder="Сообщение…"
              before={<IconButton icon="clip" label="Файл" />}
            />
          }
        >
          <Talk who={who} label="Разговор">
            <EventLine>Сегодня, 14:00 · Встреча продолжена. Мария Жук вернулась в комнату.</EventLine>
            <OthersMessage who="mediators" name="Ерлан Омаров" note="медиатор" time="14:01">
              Біз үшін ең маңыздысы — бірінші төлемнің желтоқсанда түсуі. Қысқа жем алуға ақша керек.
            </OthersMessage>
            <OthersMessage who="b" name="Павел Ким" note="ТОО «Дала Жем»" time="14:02">
              Понимаем. Четыре платежа для нас подъёмны, если первый — 15 декабря. Внёс в пункт 2.
            </OthersMessage>
            <OthersMessage who="b" name="Павел Ким" time="14:02" follows>
              Хорошо.
            </OthersMessage>
            <RemovedMessage>Сообщение удалено. Кто написал и удалил: Павел Ким, 22.11.2026 14:02:40 (UTC+5)</RemovedMessage>
            <OwnMessage label="Вы" time="14:03" stateWords="получили 2 из 3">
              Спасибо. Павел, посмотрите, пожалуйста, пункт 2 справа: это та дата, о которой вы говорили?
            </OwnMessage>
            <OwnMessage label="Вы" time="14:03" state="waiting" stateWords="ждёт связи, отправится само">
              Нам подходит.
            </OwnMessage>
          </Talk>
        </TalkColumn>
      }
      draftLabel="Черновик соглашения"
      draft={
        <div style={{ padding: 'var(--s4)' }}>
          <Stack gap={3}>
            <Row>
              <h2>Черновик соглашения</h2>
              <Spacer />
              <SyncStatus state="ok" end="14:03:22">
                Сохранено
              </SyncStatus>
            </Row>
            <Paper>
              <h2>Соглашение об урегулировании спора</h2>
              <p>Петропавловск, 22 ноября 2026 года. Медиатор: Е. Омаров. Спор об оплате по договору поставки № 14 от 3 марта 2026 года.</p>
              <Clause number="1.">
                Долг ТОО «Дала Жем» перед КХ «Береке» составляет <b>1 840 000 ₸</b>.
              </Clause>
              <Clause
                number="2."
                foot={
                  <>
                    <Chip who="a" icon="check">
                      Береке: да
                    </Chip>
                    <Chip who="b" icon="clock">
                      Дала Жем: думаем
                    </Chip>
                  </>
                }
              >
                ТОО «Дала Жем» выплачивает долг четырьмя равными частями по 460 000 ₸ до 15 числа каждого месяца, начиная с{' '}
                <span data-who="b">
                  <del>1 декабря</del> <ins>15 декабря 2026 года</ins>
                </span>
                , переводом на счёт КХ «Береке».
              </Clause>
              <Clause number="3.">При просрочке более чем на десять рабочих дней вся остающаяся сумма подлежит уплате сразу.</Clause>
              <Clause number="4.">Медиация шығыстарын тараптар тең бөліседі: Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі № « » – ₸.</Clause>
            </Paper>
          </Stack>
        </div>
      }
    />
  )
}
