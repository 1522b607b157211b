using System.Text.Json;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Top;

/// <summary>Shows what a server's machine does, frame after frame.</summary>
/// <param name="console">Where frames go.</param>
/// <param name="format">How they are printed.</param>
/// <param name="settings">Which server, how often, how many times.</param>
internal sealed class TopRun(ToolConsole console, OutputFormat format, TopSettings settings)
{
    // Maps and checks that a frame shows; a terminal cuts the frame off at its last line.
    private const int Rows = 10;

    private const int DefaultHeight = 24;

    private static readonly TimeSpan s_firstInterval = TimeSpan.FromSeconds(0.3);

    private readonly bool _isLive = console.OutIsTerminal && format == OutputFormat.Text;

    /// <summary>Runs until <c>q</c>, Ctrl-C, the last frame or the end of the server.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        using CancellationTokenSource end = new();
        using StopSignal signal = new(duration: null, end.Cancel);
        if (ServerClient.Connect(settings.Server, out ServerClient? client) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (client)
        using (TopScreen screen = new(console))
        {
            return Show(client!, screen, end.Token) is { } ended ? Tell(screen, ended) : ExitCode.Done;
        }
    }

    private Failure? Show(ServerClient client, TopScreen screen, CancellationToken stop)
    {
        if (Ask(client, out TopSample? before) is { } failure)
        {
            return failure;
        }

        for (int shown = 0; settings.Frames is not { } frames || shown < frames; shown++)
        {
            // On a terminal somebody waits for the first frame.
            TimeSpan wait = _isLive && shown == 0 && settings.Interval > s_firstInterval ? s_firstInterval : settings.Interval;
            if (QuitKey.Await(wait, stop))
            {
                return null;
            }

            if (Ask(client, out TopSample? after) is { } ended)
            {
                return ended;
            }

            Write(screen, new TopFrame(settings.Server, before!, after!), isFirst: shown == 0);
            before = after;
        }

        return null;
    }

    private void Write(TopScreen screen, TopFrame frame, bool isFirst)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, json => TopJson.Write(json, frame)));
            console.Out.Flush();
            return;
        }

        if (_isLive)
        {
            using StringWriter text = new() { NewLine = "\n" };
            new TopText(console with { Out = text }, Rows).Write(frame);
            screen.Show(text.ToString(), Height());
            return;
        }

        if (!isFirst)
        {
            console.Out.WriteLine();
        }

        new TopText(console, Rows).Write(frame);
        console.Out.Flush();
    }

    private int Tell(TopScreen screen, Failure failure)
    {
        screen.Dispose();
        return failure.Tell(console, format);
    }

    private static Failure? Ask(ServerClient client, out TopSample? sample)
    {
        Failure? failure = client.Ask(ServerRequest.Statistics, out JsonElement answer);
        sample = failure is null ? TopSample.Read(answer) : null;
        return failure;
    }

    private static int Height()
    {
        try
        {
            return Console.WindowHeight is > 0 and int height ? height : DefaultHeight;
        }
        catch (IOException)
        {
            return DefaultHeight;
        }
    }
}
