using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Batches;

/// <summary><c>batch file FILE</c>: a command a line, in one process, up to the first that fails.</summary>
internal static class BatchFile
{
    private const int Words = 2;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        BpftoolOutput output = context.Output;
        if (words.Left != Words)
        {
            return output.Fail(words.Left < Words ? "too few parameters for batch" : "too many parameters for batch");
        }

        if (!words.Is("file"))
        {
            return output.Fail($"expected 'file', got: {words.Current}");
        }

        words.Skip();
        string path = words.Take();
        Errno errno = context.Host.OpenRead(path, out Stream? content);
        if (errno != Errno.None)
        {
            return output.Fail($"Can't open file ({path}): {ErrnoText.Of(errno)}");
        }

        using Stream stream = content!;
        output.Json?.BeginArray();
        try
        {
            return RunAll(context, new BatchReader(new BatchLines(stream), output));
        }
        finally
        {
            output.Json?.EndArray();
        }
    }

    private static int RunAll(BpftoolContext context, BatchReader reader)
    {
        BpftoolOutput output = context.Output;
        while (true)
        {
            int result = reader.Next(out IReadOnlyList<string>? words);
            if (result != 0 || words is null)
            {
                if (result == 0 && output.Json is null)
                {
                    output.Out.Write($"processed {reader.Commands} commands\n");
                }

                return result;
            }

            result = RunOne(context, words);
            if (result != 0)
            {
                return result;
            }

            // Whoever writes the next line may be waiting for what this one printed.
            output.Out.Flush();
            reader.Commands++;
        }
    }

    private static int RunOne(BpftoolContext context, IReadOnlyList<string> words)
    {
        BpftoolOutput output = context.Output;
        output.Json?.BeginObject();
        try
        {
            Announce(output.Json, words);
            return NounTable.Run(context, new WordReader(words, output));
        }
        finally
        {
            output.Json?.EndObject();
        }
    }

    private static void Announce(BpftoolJson? json, IReadOnlyList<string> words)
    {
        if (json is null)
        {
            return;
        }

        json.Name("command");
        json.BeginArray();
        foreach (string word in words)
        {
            json.Text(word);
        }

        json.EndArray();
        json.Name("output");
    }
}
