using KernelSim.Bytecode;

namespace KernelSim.Tool.Bpf.Running;

/// <summary>The engines that <c>--engine</c> names.</summary>
internal static class EngineChoice
{
    /// <summary>The word for both of them.</summary>
    public const string Both = "both";

    private static readonly IBytecodeEngine[] s_engines = [new BytecodeInterpreter(), new BytecodeCompiler()];

    public static IEnumerable<string> Names => s_engines.Select(engine => engine.Name).Append(Both);

    public static IReadOnlyList<IBytecodeEngine> Named(string name) =>
        name == Both ? s_engines : [.. s_engines.Where(engine => engine.Name == name)];
}
