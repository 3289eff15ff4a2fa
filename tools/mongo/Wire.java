import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * Serves the MongoDB wire protocol on 127.0.0.1 until its standard input ends, so that it never outlives whoever started
 * it. Arguments: the port (0: any free one), and "memory" or the path of an H2 file. Prints "ready PORT" when it listens.
 */
public class Wire {
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    String place = arguments[1];

    AbstractMongoBackend backend = place.equals("memory") ? new MemoryBackend() : new H2Backend(place);
    backend.version(new AsMongo5());

    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("ready " + server.getLocalAddress().getPort());

    while (System.in.read() >= 0) {
      // What is written to it does not matter, only that somebody still holds the other end.
    }
    System.exit(0);
  }

  /** The drivers of today refuse servers that speak less than wire version 9; everything the platform uses is there. */
  private static final class AsMongo5 implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }

    @Override
    public String toVersionString() {
      return "5.0.0";
    }
  }
}
