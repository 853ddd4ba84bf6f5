import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A whole Neo4j in one process: arguments are the home folder and the configuration file. Ends when its input ends. */
public class Neo4jServer {
    public static void main(String[] args) throws Exception {
        var dbms = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .loadPropertiesFromFile(Path.of(args[1]))
            .build();
        System.out.println("READY");
        System.out.flush();
        while (System.in.read() >= 0) { }
        dbms.shutdown();
    }
}
