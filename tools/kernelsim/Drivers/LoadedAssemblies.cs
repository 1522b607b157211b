using System.Reflection;

namespace KernelSim.Tool.Drivers;

/// <summary>
/// The assemblies that the files of one run have brought, by their builds: a build is loaded once, so that drivers that share a contract have the
/// same types. Thread-safe: code is compiled, and its dependencies are loaded, on any thread.
/// </summary>
internal sealed class LoadedAssemblies
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Assembly> _byBuild = [];

    /// <summary>The assembly of a build, loaded when it is first asked for.</summary>
    public Assembly GetOrAdd(Guid build, Func<Assembly> load)
    {
        lock (_lock)
        {
            if (!_byBuild.TryGetValue(build, out Assembly? assembly))
            {
                _byBuild.Add(build, assembly = load());
            }

            return assembly;
        }
    }

    /// <summary>Whether an assembly is one of these.</summary>
    public bool Contains(Assembly assembly)
    {
        lock (_lock)
        {
            return _byBuild.ContainsValue(assembly);
        }
    }
}
