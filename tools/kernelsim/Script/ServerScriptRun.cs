using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>One run of a lab script on a server's machine. Its output is the same as that of <see cref="ScriptRun"/>.</summary>
/// <param name="console">The console for results.</param>
/// <param name="format">Indented or not; a result is JSON in any case.</param>
/// <param name="client">The connection.</param>
internal sealed class ServerScriptRun(ToolConsole console, OutputFormat format, ServerClient client)
{
    private const string Notes = "notes";
    private const string Refusal = "refusal";

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What was wrong with the line at which it stopped; null when it ran to the end.</returns>
    public Failure? Execute(ScriptText lines)
    {
        if (client.Ask(ServerRequest.HelloWithNotes, out _) is { } unreachable)
        {
            return unreachable;
        }

        int number = 1;
        using IDisposable? progress = lines.IsFile ? console.Progress(() => $"script: line {number}") : null;
        for (; ; number++)
        {
            if (lines.Read(out string? line) is { } unreadable)
            {
                return unreadable;
            }

            if (line is null)
            {
                client.Finish();
                return null;
            }

            if (ScriptReader.IsSkipped(line))
            {
                // It counts for the line numbers.
                client.Send(line);
                continue;
            }

            if (ServerRequest.Parse(line) is not null && ScriptReader.ComplaintAbout(line) is { } problem)
            {
                // Reserved for programs that speak the protocol; in a script it is as unknown as on a local machine.
                return Failure.WrongUsage($"script: line {number}: {problem}");
            }

            if (client.Ask(ObjectFileLine.WithContents(line), out JsonElement answer) is { } failure)
            {
                return failure;
            }

            Write(number, answer);
        }
    }

    private void Write(int number, JsonElement answer)
    {
        if (answer.TryGetProperty(Notes, out JsonElement notes))
        {
            foreach (JsonElement note in notes.EnumerateArray())
            {
                console.Note($"script: line {number}: note: {note.GetString()}");
            }
        }

        console.Out.WriteLine(JsonText.Of(format, json => WriteResult(json, answer)));
        console.Out.Flush();
        if (console.ErrorIsTerminal && format == OutputFormat.Text && answer.TryGetProperty(Refusal, out JsonElement refusal))
        {
            console.Note($"script: line {number}: {refusal.GetString()}");
        }
    }

    private static void WriteResult(Utf8JsonWriter json, JsonElement answer)
    {
        json.WriteStartObject();
        foreach (JsonProperty field in answer.EnumerateObject().Where(f => f.Name is not (Notes or Refusal)))
        {
            json.WritePropertyName(field.Name);
            if (field.Name == "id")
            {
                // Exactly as the line gave it, even if the rest is indented.
                json.WriteRawValue(field.Value.GetRawText());
            }
            else
            {
                field.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
