using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool;

/// <summary>What a command line prints: data, and complaints in the form that its options ask for.</summary>
internal sealed class BpftoolOutput
{
    /// <summary>What a failed function of bpftool returns when it has said why.</summary>
    public const int Failed = -1;

    /// <summary>Prints to streams.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="options">The options of the command line.</param>
    public BpftoolOutput(TextWriter output, TextWriter error, BpftoolOptions options)
    {
        (Out, Error) = (output, error);
        Json = options.Json ? new BpftoolJson(output, options.Pretty) : null;
    }

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>The document; null unless JSON was asked for.</summary>
    public BpftoolJson? Json { get; }

    /// <summary>Finds the refusal of the process's last call; null unless the options ask for more than bpftool says.</summary>
    public Func<Refusal?>? LastRefusal { get; init; }

    /// <summary>Says why a call of the library failed.</summary>
    /// <param name="what">What failed.</param>
    /// <param name="result">What the library returned: an errno, negated.</param>
    /// <returns>-1.</returns>
    public int FailCall(string what, int result)
    {
        TellRefusal();
        return Fail($"{what}: {ErrnoText.Of(result)}");
    }

    /// <summary>Says what refused the last call, as the library's messages do.</summary>
    public void TellRefusal()
    {
        if (LastRefusal?.Invoke() is { } refusal)
        {
            Warn(refusal.Line);
        }
    }

    /// <summary>Passes a message of the library on. It goes to standard error, in JSON too.</summary>
    public void Warn(string message) => Error.Write($"libbpf: {message}\n");

    /// <summary>Says why something failed.</summary>
    /// <returns>-1.</returns>
    public int Fail(string message)
    {
        if (Json is null)
        {
            Error.Write($"Error: {message}\n");
            return Failed;
        }

        Json.BeginObject();
        Json.Text("error", message);
        Json.EndObject();
        return Failed;
    }

    /// <summary>Says something that is no failure; nothing in JSON.</summary>
    public void Info(string message)
    {
        if (Json is null)
        {
            Error.Write($"{message}\n");
        }
    }

    /// <summary>The end of a command that has nothing to print: null in JSON.</summary>
    /// <returns>0.</returns>
    public int Done()
    {
        Json?.Null();
        return 0;
    }
}
