using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.LabScripts.Explain;

/// <summary>Explanations as JSON. Every kind has the same fields.</summary>
internal static class ExplanationJson
{
    /// <summary>Writes one.</summary>
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("kind", explanation.Kind);
        json.WriteString("name", explanation.Name);
        json.WriteString("number", explanation.Number);
        json.WriteString("meaning", explanation.Meaning);
        if (explanation.Errno is { } errno)
        {
            WriteErrno(json, errno);
        }

        json.WriteStartArray("also");
        foreach (string name in explanation.Also)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        WriteArray(json, "results", explanation.Results, WriteRoute);
        WriteArray(json, "statuses", explanation.Statuses, WriteRoute);
        WriteArray(json, "checks", explanation.Checks, WriteCheck);
        WriteArray(json, "outcomes", explanation.Outcomes, WriteOutcome);
        json.WriteEndObject();
    }

    /// <summary>Writes the list of errnos and checks.</summary>
    public static void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteArray(json, "errnos", ErrnoMeanings.All, (j, e) =>
        {
            WriteErrno(j, e);
            j.WriteString("meaning", ErrnoMeanings.Of(e));
        });
        WriteArray(json, "checks", CheckTable.All, WriteCheck);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteErrno(Utf8JsonWriter json, Errno errno)
    {
        json.WriteNumber("errno", (int)errno);
        json.WriteString("errno_name", ResultConversions.NameOf(errno));
    }

    private static void WriteRoute(Utf8JsonWriter json, ResultRoute route)
    {
        if (route.Result is { } result)
        {
            json.WriteString("result", ResultConversions.NameOf(result));
        }

        json.WriteString("status", route.Status.Name);
        json.WriteString("status_code", $"0x{route.Status.Value:X8}");
        json.WriteString("win32", route.Win32.Name);
        json.WriteNumber("win32_code", route.Win32.Value);
        json.WriteString("seen_as", ResultConversions.NameOf(route.SeenAs));
    }

    private static void WriteCheck(Utf8JsonWriter json, Check check)
    {
        json.WriteString("code", check.Code);
        json.WriteString("check", check.Id);
        json.WriteString("text", check.Text);
        json.WriteString("formula", check.Formula);
        if (ResultRoute.Of(check) is [ResultRoute only])
        {
            json.WriteString("result", ResultConversions.NameOf(check.Result));
            WriteErrno(json, only.Errno);
        }

        json.WriteString("fix", check.Fix);
    }

    private static void WriteOutcome(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteString("calls", outcome.Calls);
        json.WriteString("cause", outcome.Cause);
        if (outcome.Result is { } result)
        {
            json.WriteString("result", ResultConversions.NameOf(result));
        }
    }
}
