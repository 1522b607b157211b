using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Finds the .NET runtime in a process or dump, and the library on this host that can read it.</summary>
internal static class RuntimeFinder
{
    /// <summary>The options that everything is opened with.</summary>
    public static DataTargetOptions Options() => new() { FileLocator = new LocalFiles() };

    /// <summary>The runtime.</summary>
    /// <param name="data">The process or dump.</param>
    /// <param name="name">What it is, for messages.</param>
    /// <exception cref="TargetReadException">There is none, or what reads it is not here.</exception>
    public static ClrRuntime Find(DataTarget data, string name)
    {
        ClrInfo info = ClrMdReading.Try(() => data.ClrVersions.FirstOrDefault())
            ?? throw new TargetReadException($"{name} given, expected a .NET process that runs a machine: it has no .NET runtime");
        try
        {
            return info.CreateRuntime();
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            throw new TargetReadException(
                $"{name} given, expected one whose runtime can be read here: it runs .NET {info.Version}, "
                + $"and {LibraryOf(info)} of that version is not on this host or cannot be loaded",
                refused);
        }
    }

    private static string LibraryOf(ClrInfo info) =>
        info.DebuggingLibraries.FirstOrDefault(l => l.Kind == DebugLibraryKind.Dac)?.FileName is { } file ? Path.GetFileName(file) : "the library";
}
