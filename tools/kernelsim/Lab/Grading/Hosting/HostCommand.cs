using System.CommandLine;
using System.IO.Pipes;
using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>
/// <c>lab host PIPE</c>: the process that does the judge's jobs. It reads a token and then a job a line from standard input, and answers on a
/// pipe of the judge's, so that nothing that a student's code prints is taken for an answer. Not shown in the help.
/// </summary>
internal static class HostCommand
{
    /// <summary>Name of the verb.</summary>
    public const string Verb = "host";

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        Argument<string> pipe = new("PIPE") { Description = "Handle of the pipe that answers are written to." };
        Command command = new(Verb, "Do the jobs of a grader.") { pipe };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetRequiredValue(pipe)));
        return command;
    }

    private static int Run(string pipe)
    {
        // The code of a student gets neither: the jobs and the token come first on standard input.
        using StreamReader jobs = new(Console.OpenStandardInput());
        Console.SetIn(TextReader.Null);
        if (jobs.ReadLine() is not { } token)
        {
            return ExitCode.Failed;
        }

        using AnonymousPipeClientStream stream = new(PipeDirection.Out, pipe);
        using StreamWriter answers = new(stream) { AutoFlush = true };
        while (jobs.ReadLine() is { } line)
        {
            answers.WriteLine(JsonSerializer.Serialize(Answer(token, line), HostWire.Format));
        }

        return ExitCode.Done;
    }

    private static HostAnswer Answer(string token, string line)
    {
        try
        {
            HostRequest request = JsonSerializer.Deserialize<HostRequest>(line, HostWire.Format)!;
            using JsonDocument facts = JsonDocument.Parse(HostJobTable.All.Single(j => j.Name == request.Job).Run(request.Input));
            return new HostAnswer(token, facts.RootElement.Clone(), Problem: null);
        }
        catch (InvalidDataException e)
        {
            // What the job was given is not what it expects, and the message says all.
            return new HostAnswer(token, Facts: null, e.Message);
        }
        catch (OutOfMemoryException)
        {
            return new HostAnswer(token, Facts: null, "it ran out of memory");
        }
        catch (Exception e)
        {
            return new HostAnswer(token, Facts: null, ExceptionText.Of(e));
        }
    }
}
