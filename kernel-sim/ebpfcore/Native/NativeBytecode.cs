using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// What the method of a program calls that was compiled from eBPF instructions: as in the driver's own engines, each access is checked, loops have a
/// budget, and a fault stops the machine with the instruction and its source line.
/// </summary>
/// <remarks>
/// The pointer that it takes is sound because its caller is code that <c>bpf compile</c> has emitted: it passes a static field of its own assembly,
/// which does not move and stays as long as that code. The addresses that it hands out are in values of maps to which the program holds references.
/// </remarks>
public static unsafe class NativeBytecode
{
    /// <summary>How traces name what runs the instructions.</summary>
    private const string Engine = "native";

    /// <summary>Runs the program, if it has run before since its module was loaded.</summary>
    /// <param name="context">The program's context.</param>
    /// <param name="result">The program's result.</param>
    /// <returns>Whether it has run; if not, <see cref="RunFirst"/> runs it.</returns>
    public static bool TryRun(EbpfProgramContext context, out uint result)
    {
        HelperCall call = context.Call;
        BytecodeCode? code = (call.Program?.Code as NativeCode)?.Instructions;
        result = code is null ? 0 : code.Run(call);
        return code is not null;
    }

    /// <summary>Finds out what the program's references stand for, and runs it.</summary>
    /// <param name="context">The program's context.</param>
    /// <param name="data">The bytes of its <see cref="ModuleProgram"/>. They are copied: the memory must be readable until the call returns.</param>
    /// <param name="length">Their number, 0 or more.</param>
    /// <param name="function">The method that its instructions begin with.</param>
    /// <returns>The program's result.</returns>
    public static uint RunFirst(EbpfProgramContext context, byte* data, int length, CompiledFunction function)
    {
        HelperCall call = context.Call;
        if (call.Program?.Code is not NativeCode code)
        {
            throw new InvalidOperationException("The program is not one of a native module.");
        }

        ModuleProgram program = ModuleProgram.Read(new ReadOnlySpan<byte>(data, length));
        ulong[] values = new ulong[program.References.Length];
        GlobalRegions globals = new();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(call, code, program.References[i], globals);
        }

        IBytecodeProgram loaded = program.Load(function, values, out BytecodeImage image);
        EbpfMap[] maps = [.. code.Maps.Where(m => m is not null)];
        BytecodeProgramHost host = new(call.Core, maps, call.Program.TypeData, globals.All, new InstructionWords(image, call.Program, program));
        return code.Keep(new BytecodeCode(image, Engine, loaded, host, [])).Run(call);
    }

    private static ulong ValueOf(in HelperCall call, NativeCode code, ModuleReference reference, GlobalRegions globals)
    {
        EbpfMap map = code.Maps[reference.Map];
        if (!reference.IsValue)
        {
            return map.Pointer.Value;
        }

        if (!globals.TryAdd(call.Thread, map, reference.Offset, !reference.IsReadOnly, out ulong address))
        {
            call.Thread.Machine.BugCheck(
                BugcheckCode.KernelSecurityCheckFailure,
                [call.Program!.Id, reference.Offset, (ulong)reference.Instruction, map.Id],
                $"program {call.Program.Id} '{call.Program.Name}': offset {reference.Offset} of map '{map.Name}' given, expected one in its value");
        }

        return address;
    }
}
