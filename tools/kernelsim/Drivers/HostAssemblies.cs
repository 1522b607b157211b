using System.Reflection;
using System.Runtime.Loader;

namespace KernelSim.Tool.Drivers;

/// <summary>The assemblies that the tool has, which drivers of the command line share with it.</summary>
internal static class HostAssemblies
{
    private const string OwnPrefix = "KernelSim.";

    /// <summary>Whether an assembly is part of KernelSim by its name.</summary>
    public static bool IsOwn(string? name) => name?.StartsWith(OwnPrefix, StringComparison.Ordinal) == true;

    /// <summary>
    /// The tool's assembly of a name. One of KernelSim's own is found in any version, since its types must be the tool's; any other only if it is
    /// as new as the one asked for.
    /// </summary>
    public static Assembly? Find(AssemblyName name)
    {
        AssemblyName wanted = IsOwn(name.Name) ? new AssemblyName { Name = name.Name } : name;
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(wanted);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
