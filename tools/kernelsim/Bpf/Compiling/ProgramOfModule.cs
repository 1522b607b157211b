using KernelSim.Bytecode;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Tool.Bpf.Verification;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>A program of an object file as a module has it.</summary>
internal static class ProgramOfModule
{
    /// <summary>The program's instructions, references and lines.</summary>
    public static ModuleProgram Of(BpfObjectFile file, ObjectProgram program, ProgramTypeFacts type) => new()
    {
        Name = program.Name,
        Instructions = [.. new ProgramToVerify(file, program, type).Resolved()],
        Frames = 1,

        // At this time no other helper is known that does not return.
        UnwindHelper = program.Instructions.Any(MayTailCall) ? (uint)BpfFuncId.TailCall : null,
        References =
        [
            .. program.MapReferences.Select(r =>
                new ModuleReference(r.Instruction, r.Map, r.IsValue, r.Offset, file.Maps[r.Map].Kind == ObjectMapKind.ReadOnlyData)),
        ],
        Lines = [.. LinesOf(program)],
    };

    /// <summary>The ids of the helpers that it calls by number, in order.</summary>
    public static uint[] HelpersOf(ObjectProgram program) =>
        [.. program.Instructions.Where(i => i.IsHelperCall).Select(i => (uint)i.Immediate).Distinct().Order()];

    private static bool MayTailCall(BpfInstruction instruction) =>
        instruction.Opcode == Opcodes.CallRegister || (instruction.IsHelperCall && instruction.Immediate == (int)BpfFuncId.TailCall);

    private static IEnumerable<ModuleLine> LinesOf(ObjectProgram program) => program.Lines
        .Select(l => l.Instruction)
        .Concat(program.Functions.Select(f => f.FirstInstruction))
        .Distinct()
        .Order()
        .Select(at => new ModuleLine(
            at, program.LineOf(at) is { Line: > 0 } line ? new ProgramSourceLine(line.File, line.Line, line.Text) : null));
}
