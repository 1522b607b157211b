using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Lab;

/// <summary>A student's folder: made by <c>lab start</c>, with a seed of its own.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Lab">The lab that it is of.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record LabFolder(string Path, Exercise Lab, ulong Seed)
{
    /// <summary>Says what a folder is.</summary>
    public const string FileName = "lab.json";

    /// <summary>Where checking leaves what is worth a look. Not handed in.</summary>
    public const string OutputFolder = "out";

    private const string Expected = "a folder that 'kernelsim lab start' made";
    private const int LargestFile = 1 << 20;

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="folder">What it is.</param>
    /// <returns>Why it is not a lab's folder; null if it is.</returns>
    public static Failure? Open(string path, out LabFolder? folder)
    {
        folder = null;
        string file = System.IO.Path.Combine(path, FileName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = document.RootElement;
            string name = root.GetProperty("lab").GetString() ?? "";
            if (LabTable.Find(name) is not { } lab)
            {
                return new Failure($"lab '{name}' given in '{file}', expected one of {LabNames.List}", Errno.ENOENT);
            }

            int version = root.GetProperty("version").GetInt32();
            if (version != lab.Version)
            {
                return new Failure($"version {version} of lab {name} given in '{file}', expected {lab.Version}: start it again in a new folder");
            }

            folder = new LabFolder(path, lab, root.GetProperty("seed").GetUInt64());
            return null;
        }
        catch (FileNotFoundException)
        {
            return new Failure($"'{path}' given, expected {Expected}: it has no {FileName}", Errno.ENOENT);
        }
        catch (JsonException e)
        {
            return new Failure($"'{file}' given, expected {FileName} as 'kernelsim lab start' wrote it: {JsonReason.Of(e)}");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return new Failure($"'{file}' given, expected {FileName} as 'kernelsim lab start' wrote it: an object with lab, version and seed");
        }
        catch (Exception e) when (Failure.FromHost(path, Expected, e) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>A path in the folder.</summary>
    /// <param name="name">The file, with slashes.</param>
    public string PathOf(string name) => System.IO.Path.Combine([Path, .. name.Split('/')]);

    /// <summary>Reads a file that the student has written.</summary>
    /// <param name="name">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="problem">Why it cannot be read: what was given.</param>
    public bool TryRead(string name, out string text, out string problem)
    {
        (text, problem) = ("", "");
        try
        {
            FileInfo file = new(PathOf(name));
            if (!file.Exists)
            {
                problem = "no file";
                return false;
            }

            if (file.Length > LargestFile)
            {
                problem = $"{file.Length} bytes";
                return false;
            }

            text = File.ReadAllText(file.FullName);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message.Split('\n')[0];
            return false;
        }
    }

    /// <summary>Whether the file of a task is as <c>lab start</c> wrote it: nobody has tried the task.</summary>
    public bool IsUntouched(ExerciseTask task) =>
        TryRead(task.File, out string text, out _) && text == (task.Start(Seed) ?? LabContent.Read(Lab.Name, task.File));

    /// <summary>Writes a file, and the folders on the way to it.</summary>
    /// <param name="name">The file, with slashes.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Why it cannot be written; null if it is.</returns>
    public Failure? Write(string name, string text)
    {
        string path = PathOf(name);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return OutputFile.Write(path, "a file of the lab", writer =>
            {
                writer.Write(text);
                return null;
            });
        }
        catch (Exception e) when (Failure.FromHost(path, "a file of the lab", e) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Deletes what an earlier check of a task has left. What cannot be deleted stays.</summary>
    public void DeleteOutput(ExerciseTask task)
    {
        string output = PathOf(OutputFolder);
        try
        {
            foreach (string file in Directory.Exists(output) ? Directory.GetFiles(output) : [])
            {
                if (task.Outputs.Contains(System.IO.Path.GetFileNameWithoutExtension(file)))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>The text of <see cref="FileName"/>.</summary>
    public string Describe() => JsonText.Of(OutputFormat.PrettyJson, json =>
    {
        json.WriteStartObject();
        json.WriteString("lab", Lab.Name);
        json.WriteNumber("version", Lab.Version);
        json.WriteNumber("seed", Seed);
        json.WriteEndObject();
    }) + "\n";
}
