import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether PDF files are the PDF/A-2b that they say they are.
 *
 * <p>Usage: {@code java -cp 'lib/*' PdfA.java FILE…}. Exit code 0 only if every file claims PDF/A-2b and conforms.
 */
public class PdfA {
  private static final int SHOWN_FAULTS = 10;

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("usage: PdfA FILE...");
      System.exit(2);
    }
    VeraGreenfieldFoundryProvider.initialise();
    boolean allConform = true;
    for (String file : args) {
      allConform &= validate(file);
    }
    System.exit(allConform ? 0 : 1);
  }

  private static boolean validate(String file) throws Exception {
    try (FileInputStream stream = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream)) {
      boolean claimed = parser.getFlavours().contains(PDFAFlavour.PDFA_2_B);
      PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false);
      ValidationResult result = validator.validate(parser);
      System.out.printf(
          "%s | claims %s | PDF/A-2b %s | %d checks%n",
          file, parser.getFlavours(), result.isCompliant() ? "conforms" : "DOES NOT CONFORM", result.getTotalAssertions());
      result.getTestAssertions().stream()
          .map(fault -> "    " + fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber() + " " + fault.getMessage())
          .distinct()
          .limit(SHOWN_FAULTS)
          .forEach(System.out::println);
      return claimed && result.isCompliant();
    }
  }
}
