namespace KernelSim.Bytecode.Tests;

/// <summary>Runs a program in both engines, which must agree in everything: result, memory, and the fault but for addresses of the host.</summary>
internal static class Both
{
    public static Outcome Run(BytecodeImage image, byte[]? memory = null, TestHost? host = null, ulong budget = 0)
    {
        Outcome interpreted = Outcome.Of(Engines.Interpreter, image, memory ?? [], host, budget);
        Outcome compiled = Outcome.Of(Engines.Compiler, image, memory ?? [], host, budget);
        Assert.Equal(Comparable(interpreted.Fault), Comparable(compiled.Fault));
        Assert.Equal(interpreted.R0, compiled.R0);
        Assert.Equal(interpreted.Memory, compiled.Memory);
        return interpreted;
    }

    public static BytecodeFault Fault(BytecodeImage image, byte[]? memory = null, TestHost? host = null, ulong budget = 0)
    {
        Outcome outcome = Run(image, memory, host, budget);
        Assert.NotNull(outcome.Fault);
        return outcome.Fault;
    }

    private static object? Comparable(BytecodeFault? fault)
    {
        const long Near = 1 << 20;
        return fault switch
        {
            null => null,
            { Distance: > -Near and < Near } =>
                (fault.Kind, fault.Program, fault.Instruction, fault.Register, fault.Length, fault.Distance, fault.NearestRegion.Kind),
            _ => (fault.Kind, fault.Program, fault.Instruction, fault.Register, fault.Length, fault.Address),
        };
    }
}
