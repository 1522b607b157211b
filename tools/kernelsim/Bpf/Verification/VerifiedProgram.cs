using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>A program with its verdict.</summary>
/// <param name="Program">The program.</param>
/// <param name="Type">Its type; null if its section names none.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record VerifiedProgram(ObjectProgram Program, ProgramTypeFacts? Type, Verdict Verdict)
{
    /// <summary>Verifies a program.</summary>
    /// <param name="file">The object file.</param>
    /// <param name="program">The program.</param>
    /// <param name="type">The type that it is to have; null for that of its section.</param>
    /// <param name="types">All types that there are.</param>
    public static VerifiedProgram Of(BpfObjectFile file, ObjectProgram program, ProgramTypeFacts? type, IReadOnlyList<ProgramTypeFacts> types)
    {
        type ??= ProgramTypeOption.OfSection(program, types);
        return new VerifiedProgram(
            program, type, type is null ? Untyped(program) : VerifierTable.Verify(new ProgramToVerify(file, program, type)));
    }

    private static Verdict Untyped(ObjectProgram program) =>
        new([new(null, -1, $"section '{program.Section}' given, expected the name of a hook, such as xdp, or --type")], []);
}
