using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map pin</c>.</summary>
internal static class MapPin
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) => ObjectPin.Run(context, words, ObjectSelector.ForMaps(context));
}
