package io.github.autoencoder4j.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * What of a Markdown file can be checked.
 *
 * @param file the file
 * @param text all of it
 * @param blocks fenced code, in order
 * @param phrases code within sentences, in order
 * @param headings in order
 * @param targets of links and pictures, in order
 */
record MarkdownPage(
    Path file,
    String text,
    List<Block> blocks,
    List<Block> phrases,
    List<Title> headings,
    List<Target> targets) {

  /**
   * Fenced code.
   *
   * @param page the file that shows it
   * @param line of its first line of code, from 1
   * @param language what follows the fence; empty for none
   * @param code its lines, each ended by a line feed
   */
  record Block(String page, int line, String language, String code) {
    String place() {
      return page + ":" + line;
    }
  }

  /**
   * A heading.
   *
   * @param line where it stands, from 1
   * @param level from 1
   * @param text without markup
   * @param anchor what links to it say after the hash
   */
  record Title(int line, int level, String text, String anchor) {}

  /**
   * Where a link or picture points.
   *
   * @param place the file and line it is in
   * @param address as written
   * @param picture whether it is shown and not followed
   */
  record Target(String place, String address, boolean picture) {}

  static MarkdownPage read(Path file) {
    return of(file, Repository.read(file));
  }

  static MarkdownPage of(Path file, String text) {
    Node root =
        Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build()
            .parse(text);
    Collector found = new Collector(Repository.name(file));
    root.accept(found);
    return new MarkdownPage(file, text, found.blocks, found.phrases, found.headings, found.targets);
  }

  String name() {
    return Repository.name(file);
  }

  private static final class Collector extends AbstractVisitor {

    private final String page;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Block> phrases = new ArrayList<>();
    private final List<Title> headings = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Integer> anchors = new HashMap<>();

    Collector(String page) {
      this.page = page;
    }

    @Override
    public void visit(FencedCodeBlock block) {
      blocks.add(new Block(page, line(block) + 1, block.getInfo().strip(), block.getLiteral()));
    }

    @Override
    public void visit(Code code) {
      phrases.add(new Block(page, line(code), "", code.getLiteral()));
    }

    @Override
    public void visit(Heading heading) {
      String text = plain(heading);
      headings.add(new Title(line(heading), heading.getLevel(), text, anchor(text)));
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      targets.add(new Target(page + ":" + line(link), link.getDestination(), false));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      targets.add(new Target(page + ":" + line(image), image.getDestination(), true));
    }

    /**
     * As GitHub makes them: small letters, no punctuation, dashes for blanks, numbered if met
     * again.
     */
    private String anchor(String heading) {
      String base =
          heading
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
              .replace(' ', '-');
      int before = anchors.merge(base, 1, Integer::sum) - 1;
      return before == 0 ? base : base + "-" + before;
    }

    private static String plain(Node parent) {
      StringBuilder text = new StringBuilder();
      parent.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text node) {
              text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
              text.append(node.getLiteral());
            }
          });
      return text.toString();
    }

    private static int line(Node node) {
      for (Node at = node; at != null; at = at.getParent()) {
        List<SourceSpan> spans = at.getSourceSpans();
        if (!spans.isEmpty()) {
          return spans.get(0).getLineIndex() + 1;
        }
      }
      return 1;
    }
  }
}
