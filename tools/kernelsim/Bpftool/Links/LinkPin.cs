using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Links;

/// <summary><c>link pin</c>.</summary>
internal static class LinkPin
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) => ObjectPin.Run(context, words, ObjectSelector.ForLinks(context));
}
