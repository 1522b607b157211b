namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog profile</c>: the bpftool that is imitated was built without it.</summary>
internal static class ProgProfile
{
    /// <summary>Runs it.</summary>
    /// <returns>0, in spite of the complaint.</returns>
    public static int Run(BpftoolContext context)
    {
        context.Output.Fail("bpftool prog profile command is not supported. Please build bpftool with clang >= 10.0.0");
        return 0;
    }
}
