using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog dump</c>: a native program has no instructions that the kernel could return.</summary>
internal static class ProgDump
{
    private static readonly string[] s_forms = ["opcodes", "visual", "linum"];

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        BpftoolOutput output = context.Output;
        if (words.Is("jited"))
        {
            return output.Fail("No libbfd support");
        }

        if (!words.Is("xlated"))
        {
            return output.Fail($"expected 'xlated' or 'jited', got: {words.Current ?? "(null)"}");
        }

        words.Skip();
        if (words.Left < 2)
        {
            throw new BpftoolExit();
        }

        int result = ObjectSelector.ForPrograms(context).OpenAll(words, out IReadOnlyList<int> fds);
        if (result != 0 || fds.Count == 0)
        {
            return BpftoolOutput.Failed;
        }

        try
        {
            return Dump(output, words, several: fds.Count > 1);
        }
        finally
        {
            foreach (int fd in fds)
            {
                context.Kernel.Close(fd);
            }
        }
    }

    private static int Dump(BpftoolOutput output, WordReader words, bool several)
    {
        if (words.Is("file"))
        {
            words.Skip();
            if (words.Left == 0)
            {
                return output.Fail("expected file path");
            }

            if (several)
            {
                return output.Fail("several programs matched");
            }

            words.Skip();
        }
        else if (several && words.Is("visual"))
        {
            return output.Fail("several programs matched");
        }
        else if (Array.Exists(s_forms, words.Is))
        {
            words.Skip();
        }

        return words.Left > 0 ? throw new BpftoolExit() : output.Fail("error retrieving insn dump: kernel.kptr_restrict set?");
    }
}
