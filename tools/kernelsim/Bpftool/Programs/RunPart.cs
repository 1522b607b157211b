using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>The data or the context of a test run: where it comes from, where it goes, and how much room it has.</summary>
/// <param name="name"><c>data</c> or <c>ctx</c>.</param>
internal sealed class RunPart(string name)
{
    /// <summary>Default size of an output buffer. bpftool has 32 KiB for data and for context; here both share a message of 64 KiB.</summary>
    private const uint DefaultRoom = 16 << 10;

    private readonly string[] _keywords = [$"{name}_in", $"{name}_out", $"{name}_size_out"];
    private byte[]? _bytes;
    private string? _output;
    private uint _room;

    /// <summary>The file that it comes from; null for none.</summary>
    public string? Input { get; private set; }

    /// <summary>Complains about a word that begins several keywords.</summary>
    public bool IsAmbiguous(string word, BpftoolOutput output)
    {
        string[] matching = [.. _keywords.Where(k => Keyword.Is(word, k))];
        if (matching.Length < 2)
        {
            return false;
        }

        output.Fail($"ambiguous prefix: '{word}' could be '{string.Join("' or '", matching)}'");
        return true;
    }

    /// <summary>Takes a keyword of its and the word after it.</summary>
    /// <returns>False if the next word is no keyword of its.</returns>
    public bool TryTake(WordReader words, BpftoolOutput output, out bool done)
    {
        int keyword = Array.FindIndex(_keywords, words.Is);
        done = false;
        if (keyword < 0)
        {
            return false;
        }

        words.Skip();
        done = words.Require(1) && keyword switch
        {
            0 => (Input = words.Take()).Length >= 0,
            1 => (_output = words.Take()).Length >= 0,
            _ => TakeRoom(words, output),
        };
        return true;
    }

    /// <summary>Reads the file that it comes from.</summary>
    /// <returns>False after a complaint.</returns>
    public bool Read(BpftoolContext context)
    {
        if (Input is null)
        {
            return true;
        }

        Errno errno = context.Host.OpenRead(Input, out Stream? content);
        if (errno != Errno.None)
        {
            return context.Output.Fail($"failed to open {Input}: {ErrnoText.Of(errno)}") == 0;
        }

        using Stream stream = content!;
        byte[] room = new byte[EbpfDevice.MaxMessageBytes + 1];
        int length;
        try
        {
            length = stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (HostFiles.ErrnoOf(exception) is { } reason)
        {
            return context.Output.Fail($"failed to read data_in/ctx_in from {Input}: {ErrnoText.Of(reason)}") == 0;
        }

        if (length == room.Length)
        {
            return context.Output.Fail($"data_in/ctx_in is too long (max: {EbpfDevice.MaxMessageBytes})") == 0;
        }

        _bytes = room[..length];
        return true;
    }

    /// <summary>Allocates the input buffer and copies the file into it.</summary>
    public HeapBlock BlockIn(ProcessMemory memory)
    {
        HeapBlock block = new(memory, (uint)(_bytes?.Length ?? 0));
        _bytes?.CopyTo(block.Bytes, 0);
        block.Push();
        return block;
    }

    /// <summary>Allocates the output buffer, if there is input.</summary>
    public HeapBlock BlockOut(ProcessMemory memory) =>
        new(memory, _bytes is null ? 0 : _room == 0 ? DefaultRoom : Math.Min(_room, EbpfDevice.MaxMessageBytes));

    /// <summary>Prints or writes what came out, if that was asked for.</summary>
    /// <returns>0, or -1 after a complaint.</returns>
    public int Tell(BpftoolContext context, ReadOnlySpan<byte> bytes)
    {
        if (_output is null || bytes.IsEmpty)
        {
            return 0;
        }

        if (_output == "-")
        {
            Print(context.Output, bytes);
            return 0;
        }

        Errno errno = context.Host.Write(_output, bytes);
        return errno == Errno.None ? 0 : context.Output.Fail($"failed to open {_output}: {ErrnoText.Of(errno)}");
    }

    private bool TakeRoom(WordReader words, BpftoolOutput output)
    {
        if (!CNumber.TryParse(words.Current!, out _room))
        {
            return output.Fail($"can't parse {words.Current} as output {(name == "data" ? "data" : "context")} size") == 0;
        }

        words.Skip();
        return true;
    }

    private void Print(BpftoolOutput output, ReadOnlySpan<byte> bytes)
    {
        if (output.Json is { } json)
        {
            json.Name($"{name}_out");
            HexText.WriteNumbers(json, bytes);
        }
        else
        {
            HexDump.Write(output.Out, bytes);
        }
    }
}
