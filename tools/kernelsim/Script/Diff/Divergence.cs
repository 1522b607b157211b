using System.Globalization;
using System.Text;
using System.Text.Json;
using KernelSim.LabScripts.Abi;

namespace KernelSim.Tool.Script.Diff;

/// <summary>A line of a script whose results diverge.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Op">Its call.</param>
/// <param name="Linux">The result by Linux's rules, as JSON.</param>
/// <param name="Windows">The result by the rules of eBPF for Windows, as JSON.</param>
/// <param name="Rules">The rules that decided the call; empty if none did.</param>
/// <param name="FollowsLine">
/// The earlier line on the same map, or the crash, after which they differ; null if there is none or a rule decided.
/// </param>
internal sealed record Divergence(int Line, string Op, string Linux, string Windows, IReadOnlyList<AbiRule> Rules, int? FollowsLine)
{
    /// <summary>The divergence in lines of text, without a line end after the last.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"line {Line}: {Op}\n  linux    {Linux}\n  windows  {Windows}");
        foreach (AbiRule rule in Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {rule.Id}: {rule.Topic}");
            text.Append(CultureInfo.InvariantCulture, $"\n    linux    {rule.Linux.Text} ({rule.Linux.Source})");
            text.Append(CultureInfo.InvariantCulture, $"\n    windows  {rule.Windows.Text} ({rule.Windows.Source})");
        }

        if (FollowsLine is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  follows from line {line}");
        }
        else if (Rules.Count == 0)
        {
            text.Append("\n  no rule of the table decided it");
        }

        return text.ToString();
    }

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("line", Line);
        json.WriteString("op", Op);
        WriteResult(json, "linux", Linux);
        WriteResult(json, "windows", Windows);
        json.WriteStartArray("rules");
        foreach (AbiRule rule in Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("topic", rule.Topic);
            json.WriteString("linux", rule.Linux.Text);
            json.WriteString("linux_source", rule.Linux.Source);
            json.WriteString("windows", rule.Windows.Text);
            json.WriteString("windows_source", rule.Windows.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (FollowsLine is { } line)
        {
            json.WriteNumber("follows_line", line);
        }

        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string name, string result)
    {
        using JsonDocument document = JsonDocument.Parse(result);
        json.WritePropertyName(name);
        document.RootElement.WriteTo(json);
    }
}
