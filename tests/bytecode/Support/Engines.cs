namespace KernelSim.Bytecode.Tests;

internal static class Engines
{
    public static IBytecodeEngine Interpreter { get; } = new BytecodeInterpreter();

    public static IBytecodeEngine Compiler { get; } = new BytecodeCompiler();

    public static IReadOnlyList<IBytecodeEngine> All { get; } = [Interpreter, Compiler];

    public static TheoryData<string> Names => [.. All.Select(engine => engine.Name)];

    public static IBytecodeEngine Named(string name) => All.Single(engine => engine.Name == name);
}
