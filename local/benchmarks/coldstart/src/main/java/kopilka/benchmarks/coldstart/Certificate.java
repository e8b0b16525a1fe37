package kopilka.benchmarks.coldstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of the moment for {@code localhost}, which is trusted beside all that the JDK trusts: to read those is a part of a
 * cold start.
 *
 * @param context serves with the certificate
 * @param trusted a trust store for Java
 * @param bundle the same certificates as native code reads them
 */
record Certificate(SSLContext context, Path trusted, Path bundle) {
    private static final String PASSWORD = "changeit";

    static Certificate in(Path folder, Path jdk) throws IOException, GeneralSecurityException, InterruptedException {
        Path keys = folder.resolve("localhost.p12");
        keytool(
                jdk,
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);

        Path trusted = folder.resolve("trusted");
        Files.copy(jdk.resolve("lib/security/cacerts"), trusted);
        Path certificate = folder.resolve("localhost.cer");
        keytool(
                jdk,
                "-exportcert",
                "-alias",
                "localhost",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        keytool(
                jdk,
                "-importcert",
                "-noprompt",
                "-alias",
                "localhost",
                "-keystore",
                trusted.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        return new Certificate(context, trusted, bundle(trusted, folder.resolve("trusted.pem")));
    }

    private static Path bundle(Path trusted, Path bundle) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(trusted.toFile(), PASSWORD.toCharArray());
        StringBuilder all = new StringBuilder();
        for (String alias : Collections.list(store.aliases())) {
            all.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(store.getCertificate(alias).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(bundle, all);
    }

    private static void keytool(Path jdk, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin/keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] told = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + new String(told, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
