using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Story.Traces;

/// <summary>What a trace says of one call, as members of an open JSON object.</summary>
internal static class RequestJson
{
    /// <summary>Writes the member <c>refusal</c>; nothing if no check refused.</summary>
    public static void WriteRefusal(Utf8JsonWriter json, RequestView request)
    {
        if (request.Refusal is not { } refusal)
        {
            return;
        }

        Check? check = CheckTable.Find(refusal.Check);
        json.WriteStartObject("refusal");
        json.WriteString("check", refusal.Check);
        json.WriteString("code", check?.Code);
        json.WriteString("errno", refusal.Errno);
        if (request.RefusedCheck is { } compared)
        {
            json.WriteNumber("given", compared.Given);
            json.WriteNumber("expected", compared.Expected);
        }

        json.WriteString("formula", check?.Formula);
        json.WriteString("fix", check?.Fix);
        json.WriteNumber("copies_before", request.Copies.Count(c => c.Position < refusal.Position));
        json.WriteEndObject();
    }

    /// <summary>Writes the members <c>witnesses</c> and <c>first_disagreement</c>.</summary>
    public static void WriteWitnesses(Utf8JsonWriter json, Witnesses witnesses)
    {
        json.WriteStartObject("witnesses");
        foreach (Witness witness in witnesses.All)
        {
            json.WriteStartObject(WitnessGrid.Name(witness.Party));
            WriteNumber(json, "stride", witness.Stride);
            WriteNumber(json, "cpus", witness.Cpus);
            WriteNumber(json, "total", witness.Total);
            json.WriteNumber("request_id", witness.RequestId);
            json.WriteString("basis", witness.Basis);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("first_disagreement");
        if (witnesses.FirstDisagreement is { } pair)
        {
            json.WriteStringValue(WitnessGrid.Name(pair.Left.Party));
            json.WriteStringValue(WitnessGrid.Name(pair.Right.Party));
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>ledger</c>: a row for each crossing, copy, check and fault.</summary>
    public static void WriteLedger(Utf8JsonWriter json, RequestView request)
    {
        json.WriteStartArray("ledger");
        foreach (LedgerRow row in request.Ledger)
        {
            json.WriteStartObject();
            json.WriteNumber("event", row.Event.Position);
            json.WriteString("kind", KindName(row.Kind));
            json.WriteString("stage", row.Stage);
            if (row.Kind is LedgerKind.Copy)
            {
                json.WriteNumber("element", row.Element);
                json.WriteNumber("slot", row.Slot);
            }

            if (row.Event is SizeCheckEvent check)
            {
                json.WriteString("what", check.What);
                json.WriteNumber("given", check.Given);
                json.WriteNumber("expected", check.Expected);
            }
            else
            {
                json.WriteString("source", Words.Hex(row.Source));
                json.WriteString("destination", Words.Hex(row.Destination));
                json.WriteNumber("bytes", row.Bytes);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string KindName(LedgerKind kind) => kind switch
    {
        LedgerKind.Crossing => "crossing",
        LedgerKind.Return => "return",
        LedgerKind.Copy => "copy",
        LedgerKind.Check => "check",
        LedgerKind.Refusal => "refusal",
        _ => "fault",
    };
}
