package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces of programs that take turns. There are as many as programs have run side by side,
 * so that the memory of a step depends on the threads and not on the pieces that a batch is cut
 * into, and what one piece leaves in the caches is overwritten there by the next. Safe for many
 * threads.
 */
public final class Workspaces implements AutoCloseable {

  /**
   * A workspace of so many bytes outgrows the second cache of a core, and a program that fills it
   * takes so long that to move there costs nothing beside it.
   */
  private static final long WORTH_SHARING = 1 << 20;

  private final Deque<Workspace> idle = new ArrayDeque<>();

  /** While it is open, a program has a workspace. */
  @FunctionalInterface
  interface Loan extends AutoCloseable {

    @Override
    void close();
  }

  private static void keep() {}

  /** Gives a graph a workspace to work in, or, if it needs little, one for good. */
  Loan lend(Graph graph) {
    if (graph.workspaceBytes() < WORTH_SHARING) {
      graph.workAlone();
      return Workspaces::keep;
    }
    Workspace place = take(graph.workspaceBytes(), graph.workspace());
    graph.workIn(place);
    return () -> giveBack(place);
  }

  /**
   * Takes one that nobody uses, or makes one.
   *
   * @param bytes how large it has to be
   * @param wanted the one to take if it is there
   */
  private Workspace take(long bytes, @Nullable Workspace wanted) {
    synchronized (idle) {
      if (wanted != null && idle.remove(wanted)) {
        return wanted;
      }
      while (!idle.isEmpty()) {
        Workspace found = idle.removeFirst();
        if (found.bytes() >= bytes) {
          return found;
        }
        // Of two sizes of batches the larger is enough for both.
        found.close();
      }
    }
    return new Workspace(bytes);
  }

  private void giveBack(Workspace workspace) {
    synchronized (idle) {
      idle.addFirst(workspace);
    }
  }

  /** Frees those that are idle. */
  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(Workspace::close);
      idle.clear();
    }
  }
}
