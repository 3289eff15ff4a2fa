import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.util.List;

/**
 * Asks EU DSS, the reference implementation of the ETSI standards, about detached signatures.
 *
 * <p>Usage: {@code java -cp 'lib/*' Validate.java authority.pem SIGNATURE=CONTENT…}. One line per signature: level,
 * indication, signer. Exit code 0 only if there is at least one signature in each file and every one is TOTAL_PASSED.
 */
public class Validate {
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: Validate authority.pem SIGNATURE=CONTENT...");
      System.exit(2);
    }
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(new File(args[0])));

    boolean allPassed = true;
    for (int i = 1; i < args.length; i++) {
      String[] files = args[i].split("=", 2);
      if (files.length != 2) {
        System.err.println("not SIGNATURE=CONTENT: " + args[i]);
        System.exit(2);
      }
      allPassed &= validate(files[0], files[1], trusted);
    }
    System.exit(allPassed ? 0 : 1);
  }

  private static boolean validate(String signature, String content, CommonTrustedCertificateSource trusted) {
    // A fresh verifier for each file: it keeps the certificates that it has seen.
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);

    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(signature));
    validator.setCertificateVerifier(verifier);
    validator.setDetachedContents(List.of(new FileDocument(content)));
    SimpleReport report = validator.validateDocument().getSimpleReport();

    List<String> ids = report.getSignatureIdList();
    if (ids.isEmpty()) {
      System.out.println(signature + " | NO SIGNATURE");
      return false;
    }
    boolean passed = true;
    for (String id : ids) {
      passed &= report.getIndication(id).toString().equals("TOTAL_PASSED");
      System.out.printf(
          "%s | %s | %s | %s | by %s%n",
          signature,
          report.getSignatureFormat(id),
          report.getIndication(id),
          report.getSubIndication(id) == null ? "-" : report.getSubIndication(id),
          report.getSignedBy(id));
      report.getAdESValidationErrors(id).forEach(message -> System.out.println("    error: " + message.getValue()));
      report.getAdESValidationWarnings(id).forEach(message -> System.out.println("    warning: " + message.getValue()));
    }
    return passed;
  }
}
