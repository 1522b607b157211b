using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog pin</c>.</summary>
internal static class ProgPin
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) => ObjectPin.Run(context, words, ObjectSelector.ForPrograms(context));
}
