using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>A program's body in C#: what an instruction of <see cref="ProgramEngine"/> names.</summary>
internal delegate long ProgramBody(in HelperCall call);

/// <summary>An engine whose bytecode is the number of a C# method, so that tests have programs with code in them.</summary>
internal sealed class ProgramEngine : IBytecodeEngine
{
    private readonly List<ProgramBody> _bodies = [];

    /// <summary>The one instruction of a program with this body.</summary>
    public byte[] Code(ProgramBody body)
    {
        _bodies.Add(body);
        return BitConverter.GetBytes((ulong)(_bodies.Count - 1));
    }

    public IBytecodeProgram? Load(ReadOnlySpan<byte> instructions, out string? error)
    {
        error = null;
        return new Body(_bodies[(int)MemoryMarshal.Read<ulong>(instructions)]);
    }

    private sealed class Body(ProgramBody body) : IBytecodeProgram
    {
        public long Run(in HelperCall call) => body(call);
    }
}
