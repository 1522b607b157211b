using System.CommandLine;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab;

/// <summary><c>lab start</c>: makes a lab's folder.</summary>
internal sealed class LabStartCommand : ICommandModule
{
    private const string Expected = "a folder to make, or an empty one";

    private readonly Argument<string> _name = new("NAME")
    {
        Description = "The lab; 'kernelsim lab list' has them.",
        HelpName = "NAME",
        CompletionSources = { _ => LabTable.All.Select(l => l.Name) },
    };

    private readonly Option<string?> _folder = new("--output", "-o")
    {
        Description = "The folder to make. Default: the lab's name.",
        HelpName = "FOLDER",
        CompletionSources = { Offers.Folders },
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Seed of what varies from folder to folder. Default: by chance.",
        HelpName = "N",
        CustomParser = r => NumberArgument.Read(r, 0UL, ulong.MaxValue),
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim lab start boundary -o ~/boundary",
        "Makes the folder with background, tasks, hints and files to complete, and says what to do next.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_name, _ => false);
        Command command = new("start", "Make a folder with a lab: background, tasks, hints, and files to complete.");
        command.Arguments.Add(_name);
        command.Options.Add(_folder);
        command.Options.Add(_seed);
        _output.AddTo(command);
        command.SetAction(parsed => Run(
            console, _output.Read(parsed), parsed.GetRequiredValue(_name), parsed.GetValue(_folder), parsed.GetValue(_seed)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string name, string? path, ulong? seed)
    {
        if (LabTable.Find(name) is not { } lab)
        {
            string hint = NearestWords.Hint(name, LabTable.All.Select(l => l.Name));
            return Failure.WrongUsage($"lab start: '{name}' given, expected one of {LabNames.List}{hint}").Tell(console, format);
        }

        LabFolder folder = new(path ?? name, lab, seed ?? LabSeed.Fresh());
        if (Make(folder) is { } failure)
        {
            return failure.Tell(console, format);
        }

        Tell(console, format, folder);
        return ExitCode.Done;
    }

    private static Failure? Make(LabFolder folder)
    {
        if (Prepare(folder.Path) is { } failure)
        {
            return failure;
        }

        foreach ((string path, Func<Stream> open) in LabContent.Of(folder.Lab.Name))
        {
            using StreamReader reader = new(open());
            if (folder.Write(path, reader.ReadToEnd()) is { } unwritten)
            {
                return unwritten;
            }
        }

        using HostPool hosts = new(HostLimits.Default);

        // Last, so that a folder that could not be made is no lab.
        return folder.Lab.Generate(folder, hosts) ?? folder.Write(LabFolder.FileName, folder.Describe());
    }

    private static Failure? Prepare(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                return new Failure($"'{path}' given, expected {Expected}: it is a file", Errno.EEXIST);
            }

            Directory.CreateDirectory(path);
            return Directory.EnumerateFileSystemEntries(path).Any()
                ? new Failure($"'{path}' given, expected {Expected}: it has files; name another one with -o", Errno.EEXIST)
                : null;
        }
        catch (Exception e) when (Failure.FromHost(path, Expected, e) is { } failure)
        {
            return failure;
        }
    }

    private static void Tell(ToolConsole console, OutputFormat format, LabFolder folder)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, json =>
            {
                json.WriteStartObject();
                json.WriteString("lab", folder.Lab.Name);
                json.WriteString("folder", folder.Path);
                json.WriteNumber("seed", folder.Seed);
                json.WriteEndObject();
            }));
            return;
        }

        console.Out.WriteLine($"{folder.Path}: {folder.Lab.Title}, about {folder.Lab.Minutes} minutes. Read README.md, then TASKS.md.");
        console.Out.WriteLine($"Check what you have with: cd {folder.Path} && kernelsim lab check");
    }
}
