using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>A program's body in C#: what an instruction of <see cref="ProgramEngine"/> names.</summary>
internal delegate long ProgramBody(in HelperCall call);

/// <summary>An engine whose bytecode is the number of a C# method, so that tests have programs with code in them.</summary>
internal sealed class ProgramEngine : IBytecodeEngine
{
    private readonly List<ProgramBody> _bodies = [];

    public string Name => "test";

    /// <summary>The one instruction of a program with this body.</summary>
    public byte[] Code(ProgramBody body)
    {
        _bodies.Add(body);
        byte[] slot = new byte[BpfInstruction.Size];
        new BpfInstruction(0, 0, 0, _bodies.Count - 1).Write(slot);
        return slot;
    }

    public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
    {
        problem = null;
        return new Body(_bodies[image.Instructions[0].Immediate]);
    }

    private sealed class Body(ProgramBody body) : IBytecodeProgram
    {
        public ulong Run(ref BytecodeRun run) => (ulong)body(HelperCall.Of(run));
    }
}
