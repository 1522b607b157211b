using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool;

/// <summary>Shows all objects of a kind, or those that words select: the common part of <c>show</c>.</summary>
internal static class ObjectList
{
    /// <summary>Shows an object.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="fd">Its descriptor.</param>
    /// <param name="pins">Where objects of its kind are pinned.</param>
    /// <returns>0, or what bpftool returns after its complaint.</returns>
    public delegate int ShowObject(BpftoolContext context, int fd, PinnedPaths pins);

    /// <summary>Runs the command.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="words">None, or two that select.</param>
    /// <param name="kind">What is shown.</param>
    /// <param name="selector">Selects by the words.</param>
    /// <param name="show">Shows one.</param>
    public static int Show(BpftoolContext context, WordReader words, ObjectKind kind, ObjectSelector selector, ShowObject show)
    {
        PinnedPaths pins = context.Options.ShowsPins ? PinnedPaths.Find(context.Kernel, kind) : PinnedPaths.None;
        return words.Left switch
        {
            2 => ShowSelected(context, words, selector, fd => show(context, fd, pins)),
            0 => ShowAll(context, kind, fd => show(context, fd, pins)),
            _ => words.Refuse(),
        };
    }

    private static int ShowSelected(BpftoolContext context, WordReader words, ObjectSelector selector, Func<int, int> show)
    {
        int result = selector.OpenAll(words, out IReadOnlyList<int> fds);
        if (result != 0 || fds.Count == 0)
        {
            return result != 0 ? result : BpftoolOutput.Failed;
        }

        BpftoolJson? json = fds.Count > 1 ? context.Output.Json : null;
        json?.BeginArray();
        foreach (int fd in fds)
        {
            result = result == 0 ? show(fd) : result;
            context.Kernel.Close(fd);
        }

        json?.EndArray();
        return result;
    }

    private static int ShowAll(BpftoolContext context, ObjectKind kind, Func<int, int> show)
    {
        BpftoolKernel kernel = context.Kernel;
        context.Output.Json?.BeginArray();
        int result = 0;
        for (uint id = 0; result == 0;)
        {
            result = kernel.NextId(kind, id, out uint next);
            if (result != 0)
            {
                result = (Errno)(-result) == Errno.ENOENT ? 0 : context.Output.FailCall($"can't get next {NameOf(kind)}", result);
                break;
            }

            id = next;
            int fd = kernel.Open(kind, id);
            if ((Errno)(-fd) == Errno.ENOENT)
            {
                // It is gone meanwhile.
                continue;
            }

            if (fd < 0)
            {
                result = context.Output.FailCall($"can't get {kind.Name} by id ({id})", fd);
                break;
            }

            result = show(fd);
            kernel.Close(fd);
        }

        context.Output.Json?.EndArray();
        return result == 0 ? 0 : BpftoolOutput.Failed;
    }

    private static string NameOf(ObjectKind kind) => kind == ObjectKind.Program ? "program" : kind.Name;
}
