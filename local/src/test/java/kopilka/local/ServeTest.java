package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} says, and the commands of docs/programmes with it. */
class ServeTest {
    private static final Path TEMPLATE = LocalCloud.nearestTemplate().orElseThrow();
    private static final Path PROGRAMMES = TEMPLATE.resolveSibling("docs").resolve("programmes");

    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = LocalCloud.start(LocalCloud.Options.of(TEMPLATE));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static String shown(String... arguments) throws IOException, Job.BadEnd {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Serve.show(cloud, List.of(arguments), out, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String key(String shown) {
        Matcher key = Pattern.compile("API key: (kop_\\w{12}_[\\w-]{43})").matcher(shown);
        assertThat(key.find()).as(shown).isTrue();
        return key.group(1);
    }

    @Test
    void without_a_file_it_serves_the_sample_program() throws Exception {
        String shown = shown();

        assertThat(shown).startsWith("Kopilka answers at " + cloud.url() + "\n");
        JsonNode program = send(get("/v1/program", key(shown)));
        assertThat(program.path("document").path("name").asText()).isEqualTo("Demo shop");
    }

    @Test
    void with_a_file_it_serves_the_program_that_this_holds() throws Exception {
        Path file = PROGRAMMES.resolve("tiers.json");

        JsonNode program = send(get("/v1/program", key(shown(file.toString()))));

        assertThat(program.path("version").asInt()).isEqualTo(1);
        assertThat(program.path("document"))
                .isEqualTo(Json.read(Files.readString(file)).orElseThrow());
    }

    @Test
    void a_program_that_is_there_stays_as_it_is(@TempDir Path folder) throws Exception {
        String document = Files.readString(PROGRAMMES.resolve("stamps.json"));
        Path file = folder.resolve("coffee.json");
        Files.writeString(file, document);
        String first = key(shown(file.toString()));
        Files.writeString(file, document.replaceFirst("\"name\": \"[^\"]*\"", "\"name\": \"Another\""));

        String shown = shown(file.toString());

        assertThat(shown).contains("There is a program coffee already; it stays as it is.");
        assertThat(send(get("/v1/program", key(shown)))).isEqualTo(send(get("/v1/program", first)));
    }

    @Test
    void what_is_no_program_is_told_with_the_place(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("half.json");
        Files.writeString(
                file,
                Files.readString(PROGRAMMES.resolve("points.json"))
                        .replace("\"currency\": \"KZT\"", "\"currency\": \"KZ\""));

        assertThatThrownBy(() -> shown(file.toString()))
                .isInstanceOf(Job.BadEnd.class)
                .hasMessageStartingWith("this is no program: ")
                .hasMessageContaining("/bootstrap/document/currency");
    }

    @Test
    void what_is_no_file_of_json_is_refused_before_anything_starts(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.json"), "no");
        LocalCloud.Options options = LocalCloud.Options.of(TEMPLATE);
        Serve serve = new Serve();

        assertThatThrownBy(() -> serve.prepare(List.of("a.json", "b.json"), options))
                .hasMessage("serve takes one file at most");
        assertThatThrownBy(() -> serve.prepare(List.of("program.yaml"), options))
                .hasMessage("serve takes a file whose name ends with .json");
        assertThatThrownBy(() -> serve.prepare(List.of("absent.json"), options))
                .hasMessage("there is no file absent.json");
        assertThatThrownBy(() -> serve.prepare(List.of(text.toString()), options))
                .hasMessage(text + " is no JSON");
    }

    @Test
    void the_commands_of_the_page_of_programmes_do_what_it_says() throws Exception {
        String page = Files.readString(PROGRAMMES.resolve("README.md"));
        Matcher served = Pattern.compile("exec:exec -Dargs=\"serve docs/programmes/([a-z-]+\\.json)\"")
                .matcher(page);
        assertThat(served.find()).isTrue();
        String key = key(shown(PROGRAMMES.resolve(served.group(1)).toString()));
        List<String> commands = commands(page);
        assertThat(commands).hasSize(2);

        JsonNode joined = answer(commands.get(0), key);
        JsonNode quote = answer(commands.get(1), key);

        assertThat(joined.path("member").asText()).isEqualTo("m-anna");
        assertThat(quote.path("price").path("amount").asText()).isEqualTo("12990.00");
        assertThat(quote.path("earn").path(0).path("units").asLong()).isPositive();
    }

    /** The commands of a page, each to the end of its last argument. */
    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            for (String command : block.group(1).split("(?m)^(?=curl )", -1)) {
                if (command.startsWith("curl ")) {
                    commands.add(command);
                }
            }
        }
        return commands;
    }

    /** What the shell and curl would make of a command. */
    private static JsonNode answer(String command, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        String method = "POST";
        String body = "";
        String before = "";
        Matcher words = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(command);
        while (words.find()) {
            String word = words.group(1) != null
                    ? words.group(1)
                    : words.group(2) != null ? words.group(2).replace("$KEY", key) : words.group(3);
            switch (before) {
                case "-H" -> request.header(word.split(": ", 2)[0], word.split(": ", 2)[1]);
                case "-X" -> method = word;
                case "-d" -> body = word;
                default -> {
                    if (word.startsWith("localhost:8080/")) {
                        request.uri(URI.create(cloud.url() + word.substring("localhost:8080".length())));
                    }
                }
            }
            before = word;
        }
        return send(request.method(method, BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder get(String path, String key) {
        return HttpRequest.newBuilder(URI.create(cloud.url() + path)).header("Authorization", "Bearer " + key);
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isLessThan(300);
            return Json.read(response.body()).orElseThrow();
        }
    }
}
