using System.Text.Json;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>Verdicts as one JSON document.</summary>
internal static class VerdictJson
{
    /// <summary>Writes the verdicts on the programs of a file.</summary>
    public static void Write(Utf8JsonWriter json, BpfObjectFile file, IEnumerable<VerifiedProgram> programs, bool isVerbose)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Name);
        json.WriteStartArray("verifiers");
        foreach (IProgramVerifier verifier in VerifierTable.All)
        {
            json.WriteStartObject();
            json.WriteString("name", verifier.Name);
            json.WriteString("scope", verifier.Scope);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("programs");
        foreach (VerifiedProgram program in programs)
        {
            Write(json, program, isVerbose);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VerifiedProgram verified, bool isVerbose)
    {
        json.WriteStartObject();
        json.WriteString("section", verified.Program.Section);
        json.WriteString("program", verified.Program.Name);
        json.WriteString("type", verified.Type?.Name);
        json.WriteBoolean("passed", verified.Verdict.IsPassed);
        json.WriteStartArray("reasons");
        foreach (VerdictReason reason in verified.Verdict.Reasons)
        {
            Write(json, verified.Program, reason);
        }

        json.WriteEndArray();
        if (isVerbose)
        {
            json.WriteStartArray("invariants");
            foreach (KnownBefore before in verified.Verdict.Known)
            {
                json.WriteStartObject();
                json.WriteNumber("instruction", before.Instruction);
                json.WriteStartArray("known");
                foreach (string fact in before.Facts)
                {
                    json.WriteStringValue(fact);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ObjectProgram program, VerdictReason reason)
    {
        json.WriteStartObject();
        json.WriteString("text", reason.Text);
        if (reason.Check is { } check)
        {
            json.WriteString("check", check);
        }

        if (reason.Instruction >= 0)
        {
            json.WriteNumber("instruction", reason.Instruction);
        }

        if (reason.Given is { } given)
        {
            json.WriteNumber("given", given);
            json.WriteNumber("expected", reason.Expected ?? 0);
        }

        if (VerdictText.SourceOf(program, reason.Instruction) is { } line)
        {
            json.WriteString("source_file", line.File);
            json.WriteNumber("line", line.Line);
            json.WriteString("source", line.Text.Trim());
        }

        json.WriteEndObject();
    }
}
