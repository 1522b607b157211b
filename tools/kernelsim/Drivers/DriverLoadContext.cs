using System.Reflection;
using System.Runtime.Loader;

namespace KernelSim.Tool.Drivers;

/// <summary>
/// Where the assembly of one file and its private dependencies are loaded. What the tool has is shared with it, so that types are the same; the
/// rest is looked for in the file's <c>.deps.json</c> and beside it.
/// </summary>
internal sealed class DriverLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly AssemblyDependencyResolver? _resolver;
    private readonly LoadedAssemblies _loaded;

    /// <summary>Creates the context of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loaded">The assemblies of all files of the run.</param>
    public DriverLoadContext(string path, LoadedAssemblies loaded)
        : base(path)
    {
        string full = Path.GetFullPath(path);
        _folder = Path.GetDirectoryName(full)!;
        _loaded = loaded;
        try
        {
            _resolver = new AssemblyDependencyResolver(full);
        }
        catch (InvalidOperationException)
        {
            // The .deps.json cannot be read. Dependencies beside the file are found without it.
        }
    }

    /// <summary>Loads an assembly, unless another file of the run has brought the same build of it.</summary>
    /// <exception cref="BadImageFormatException">The runtime cannot load it.</exception>
    /// <exception cref="FileLoadException">The runtime cannot load it.</exception>
    public Assembly LoadOnce(AssemblyImage image) => _loaded.GetOrAdd(image.BuildId, () => Load(image));

    /// <summary>Whether an assembly that code of the context refers to can be found. Loads it if it is the tool's.</summary>
    public bool CanFind(AssemblyName name) => HostAssemblies.Find(name) is not null || PathOf(name) is not null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (HostAssemblies.Find(assemblyName) is { } shared)
        {
            return shared;
        }

        return PathOf(assemblyName) is { } path && AssemblyImage.Read(path, out AssemblyImage? image) is null ? LoadOnce(image!) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private Assembly Load(AssemblyImage image)
    {
        using MemoryStream code = new(image.Bytes, writable: false);
        using MemoryStream? symbols = image.Symbols is { } bytes ? new MemoryStream(bytes, writable: false) : null;
        return LoadFromStream(code, symbols);
    }

    private string? PathOf(AssemblyName name)
    {
        if (_resolver?.ResolveAssemblyToPath(name) is { } known)
        {
            return known;
        }

        string beside = Path.Combine(_folder, name.CultureName ?? "", name.Name + ".dll");
        return File.Exists(beside) ? beside : null;
    }
}
