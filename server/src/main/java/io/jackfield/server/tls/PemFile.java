package io.jackfield.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of labelled blocks of base64 (RFC 7468).
 *
 * @param path where it is, for messages
 * @param text what is in it
 */
record PemFile(Path path, String text) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    static PemFile read(Path path) throws IOException {
        return new PemFile(path, Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    /** Whether a file is of this form: a key store is binary. */
    static boolean isPem(Path path) throws IOException {
        return read(path).text().contains("-----BEGIN ");
    }

    /** The certificates, at least one, in the order of the file. */
    List<X509Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] block : blocks("CERTIFICATE")) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
        }
        if (certificates.isEmpty()) {
            throw new CertificateException(path + " has no CERTIFICATE");
        }
        return certificates;
    }

    /**
     * The private key of a certificate.
     *
     * @throws GeneralSecurityException if there is none, or it is that of another certificate: one of two files may be renewed,
     *     the other not yet
     */
    PrivateKey privateKey(X509Certificate certificate) throws GeneralSecurityException {
        List<byte[]> blocks = blocks("PRIVATE KEY");
        if (blocks.isEmpty()) {
            // The older forms name the algorithm in the label.
            throw new InvalidKeySpecException(
                    path + " has no PRIVATE KEY in PKCS #8 (openssl pkcs8 -topk8 -nocrypt makes one)");
        }
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey privateKey = KeyFactory.getInstance(publicKey.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
        if (!arePair(privateKey, publicKey)) {
            throw new InvalidKeyException(path + " has the key of another certificate");
        }
        return privateKey;
    }

    private static boolean arePair(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> null;
        };
        if (algorithm == null) {
            // Others need parameters; a wrong key shows in the handshake.
            return true;
        }
        Signature signature = Signature.getInstance(algorithm);
        byte[] anything = publicKey.getEncoded();
        signature.initSign(privateKey);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(signed);
    }

    private List<byte[]> blocks(String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }
}
