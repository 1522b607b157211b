using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Links;

/// <summary><c>link detach</c>. Its failures are 1, not -1.</summary>
internal static class LinkDetach
{
    private const int Failed = 1;
    private const int Words = 2;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        if (words.Left != Words)
        {
            context.Output.Fail("link specifier is invalid or missing\n");
            return Failed;
        }

        if (!ObjectSelector.ForLinks(context).TryOpenOne(words, out int fd))
        {
            return Failed;
        }

        int result = context.Kernel.Library.bpf_link_detach(fd);
        if (result != 0)
        {
            context.Output.FailCall("failed link detach", result);
            result = Failed;
        }

        context.Kernel.Close(fd);
        return result == 0 ? context.Output.Done() : result;
    }
}
