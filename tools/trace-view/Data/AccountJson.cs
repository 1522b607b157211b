using System.Text.Json;
using KernelSim.TraceAnalysis;
using KernelSim.TraceView.Accounts;

namespace KernelSim.TraceView.Data;

/// <summary>Accounts as the page carries them.</summary>
internal static class AccountJson
{
    /// <summary>Writes the property <c>accounts</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Account> accounts)
    {
        json.WriteStartArray("accounts");
        foreach (Account account in accounts)
        {
            json.WriteStartObject();
            WriteAddress(json, "request", account.Request.Id);
            json.WriteNumber("severity", (int)account.Severity);
            json.WriteString("verdict", account.Verdict);
            WriteTexts(json, "reasons", account.Reasons);
            json.WriteString("fix", account.Fix);
            WriteChain(json, account.Chain);
            WriteWitnesses(json, account.Witnesses);
            WriteAttempt(json, account.Attempt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteChain(Utf8JsonWriter json, IEnumerable<ChainLink> chain)
    {
        json.WriteStartArray("chain");
        foreach (ChainLink link in chain)
        {
            json.WriteStartArray();
            json.WriteStringValue(link.Station);
            json.WriteStringValue(link.Name);
            json.WriteStringValue(link.Note);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteWitnesses(Utf8JsonWriter json, Witnesses? witnesses)
    {
        if (witnesses is null)
        {
            return;
        }

        (Witness Left, Witness Right)? conflict = witnesses.FirstDisagreement;
        json.WriteStartArray("witnesses");
        foreach (Witness witness in witnesses.All)
        {
            json.WriteStartObject();
            json.WriteString("party", witness.Party.ToString().ToLowerInvariant());
            WriteNumber(json, "stride", witness.Stride);
            WriteNumber(json, "cpus", witness.Cpus);
            WriteNumber(json, "total", witness.Total);
            json.WriteString("basis", witness.Basis);
            json.WriteBoolean("disputed", witness == conflict?.Left || witness == conflict?.Right);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteAttempt(Utf8JsonWriter json, Attempt? attempt)
    {
        if (attempt is null)
        {
            return;
        }

        json.WriteStartObject("attempt");
        json.WriteNumber("event", attempt.Position);
        json.WriteBoolean("write", attempt.IsWrite);
        json.WriteString("what", attempt.What);
        WriteAddress(json, "start", attempt.Start);
        json.WriteNumber("bytes", attempt.Bytes);
        WriteAddress(json, "bufferStart", attempt.BufferStart);
        json.WriteNumber("bufferBytes", attempt.BufferBytes);
        json.WriteNumber("element", attempt.Element);
        json.WriteEndObject();
    }

    /// <summary>Like <see cref="Column"/> writes addresses: signed.</summary>
    private static void WriteAddress(Utf8JsonWriter json, string name, ulong address) => json.WriteNumber(name, unchecked((long)address));
}
