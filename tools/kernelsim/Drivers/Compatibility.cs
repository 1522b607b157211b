using System.Reflection;

namespace KernelSim.Tool.Drivers;

/// <summary>Whether an assembly was built against what this tool has, and how to say that it was not.</summary>
internal static class Compatibility
{
    /// <summary>Looks up every type and member of KernelSim that the code uses, before anything runs.</summary>
    /// <returns>What is missing; null if nothing is.</returns>
    public static string? Check(AssemblyImage image, Assembly assembly)
    {
        foreach ((string owner, int token) in image.UsedMembers().Where(u => HostAssemblies.IsOwn(u.Assembly)))
        {
            try
            {
                assembly.ManifestModule.ResolveMember(token);
            }
            catch (Exception exception) when (exception is TypeLoadException or MissingMemberException or FileNotFoundException)
            {
                return Describe(image, exception.Message, owner);
            }
        }

        return null;
    }

    /// <summary>Says that something of KernelSim is missing, and in which versions.</summary>
    /// <param name="image">The file.</param>
    /// <param name="missing">What the runtime says.</param>
    /// <param name="owner">The assembly in which it is missing; null if unknown.</param>
    public static string Describe(AssemblyImage image, string missing, string? owner = null)
    {
        AssemblyName[] own = [.. image.References.Where(r => HostAssemblies.IsOwn(r.Name) && HostAssemblies.Find(r) is not null)];
        AssemblyName? built = own.FirstOrDefault(r => r.Name == owner) ?? own.FirstOrDefault(r => !IsSame(r)) ?? own.FirstOrDefault();
        string versions = built is null ? "it does not fit this KernelSim"
            : IsSame(built) ? $"it was built against another build of {built.Name} {Version(built)}"
            : $"it was built against {built.Name} {Version(built)}, and this is {Version(HostAssemblies.Find(built)!.GetName())}";
        return $"{versions}: {missing.Split('\n')[0].Trim()}";
    }

    /// <summary>Says that a dependency is missing.</summary>
    public static string Describe(AssemblyName missing) =>
        $"it needs {missing.Name} {Version(missing)}, which kernelsim does not have and which is not beside the file; "
        + "set EnableDynamicLoading in its project, so that the build copies dependencies";

    private static bool IsSame(AssemblyName built) => HostAssemblies.Find(built)?.GetName().Version == built.Version;

    private static string Version(AssemblyName name) => name.Version?.ToString(3) ?? "?";
}
