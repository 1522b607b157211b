using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;
using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>How results travel, as rows of a table.</summary>
internal static class RouteTable
{
    /// <summary>The headings of the rows.</summary>
    public static readonly IReadOnlyList<string> Headings = ["result", "NTSTATUS", "Win32 error", "seen as", "errno"];

    /// <summary>A row.</summary>
    /// <param name="route">The route.</param>
    /// <param name="errno">Its errno, in Markdown.</param>
    public static IReadOnlyList<string> Row(ResultRoute route, string errno) =>
    [
        route.Result is { } result ? Code(ResultConversions.NameOf(result)) : "none",
        $"{Code(route.Status.Name)} (0x{route.Status.Value:X8})",
        $"{Code(route.Win32.Name)} ({route.Win32.Value})",
        Code(ResultConversions.NameOf(route.SeenAs)),
        errno,
    ];
}
