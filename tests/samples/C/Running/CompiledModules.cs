using System.Collections.Concurrent;
using System.Runtime.Loader;
using KernelSim.EbpfCore.Native;
using KernelSim.Nt;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Tool.Bpf.Compiling;
using KernelSim.Tool.Bpf.Verification;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Running;

/// <summary>Objects of <c>samples/c</c> as native modules: compiled to an assembly, which is loaded once for all tests.</summary>
internal static class CompiledModules
{
    private static readonly Lazy<IReadOnlyList<ProgramTypeFacts>> s_types = new(ProgramTypeFacts.OfTheTool);
    private static readonly ConcurrentDictionary<string, Lazy<Type>> s_classes = new();

    /// <summary>Compiles an object, such as <c>counter.o</c>.</summary>
    public static ModuleFiles Compile(string name)
    {
        string path = SampleFiles.PathOf(name);
        Assert.True(BpfObjectFile.TryRead(File.ReadAllBytes(path), path, out BpfObjectFile? file, out ObjectProblem? problem), problem?.Text);
        Assert.Null(ModuleCompiler.Compile(file, ClassOf(name), type: null, s_types.Value, out ModuleFiles? module));
        return module!;
    }

    /// <summary>Loads an object for an engine, or the module of it.</summary>
    public static BpfModule Load(Machine machine, BpfSession session, string name, EbpfExecutionType engine) =>
        engine == EbpfExecutionType.Native
            ? session.LoadModule(Install(machine, name))
            : session.LoadModule(SampleFiles.PathOf(name), execution: engine);

    private static string Install(Machine machine, string name)
    {
        string path = $"{ClassOf(name)}.dll";
        Type type = s_classes.GetOrAdd(name, n => new Lazy<Type>(() => Load(n))).Value;
        machine.Images.Install(NativeModuleImage.Compile(type, path));
        return path;
    }

    private static string ClassOf(string name) => Path.GetFileNameWithoutExtension(name);

    private static Type Load(string name)
    {
        ModuleFiles files = Compile(name);
        using MemoryStream assembly = new(files.Assembly);
        using MemoryStream symbols = new(files.Symbols);
        return new AssemblyLoadContext(name).LoadFromStream(assembly, symbols).GetType(ClassOf(name), throwOnError: true)!;
    }
}
