using System.CommandLine;
using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Lab;

/// <summary><c>lab list</c>: the labs.</summary>
internal sealed class LabListCommand : ICommandModule
{
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new("kernelsim lab list -j", "Prints the labs with their tasks as a JSON array.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("list", "List the labs with what each is about and how long it takes.");
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, Write));
            return ExitCode.Done;
        }

        TextTable table = new("lab", "minutes", "points", "about");
        foreach (Exercise lab in LabTable.All)
        {
            table.Add(lab.Name, lab.Minutes, lab.Points, lab.About);
        }

        table.WriteTo(console);
        return ExitCode.Done;
    }

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (Exercise lab in LabTable.All)
        {
            json.WriteStartObject();
            json.WriteString("name", lab.Name);
            json.WriteString("title", lab.Title);
            json.WriteString("about", lab.About);
            json.WriteNumber("minutes", lab.Minutes);
            json.WriteNumber("points", lab.Points);
            json.WriteStartArray("tasks");
            foreach (ExerciseTask task in lab.Tasks)
            {
                json.WriteStartObject();
                json.WriteString("name", $"{lab.Name}/{task.Name}");
                json.WriteString("title", task.Title);
                json.WriteString("file", task.File);
                json.WriteNumber("points", task.Points);
                json.WriteBoolean("optional", task.IsOptional);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
