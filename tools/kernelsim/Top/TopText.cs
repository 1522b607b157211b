using System.Globalization;
using KernelSim.Nt.Ke;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Top;

/// <summary>A frame for people.</summary>
/// <param name="console">Where it goes.</param>
/// <param name="rows">How many maps and how many checks to show.</param>
internal sealed class TopText(ToolConsole console, int rows)
{
    private const int BarCells = 20;

    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Writes it.</summary>
    public void Write(TopFrame frame)
    {
        Page page = new(console);
        string processes = Count(frame.Processes, "process", "processes");
        page.Heading($"kernelsim top: '{frame.Server}', {processes}, {Size(frame.PoolBytes)} of pool", first: true);
        page.Paragraph(
            $"calls {Rate(frame.Calls)}/s, {Rate(frame.FailedCalls)} of them failed; requests {Rate(frame.Ioctls)}/s; copies {Rate(frame.Copies)}/s, "
            + $"{Size(frame.Bytes)}/s; refusals {Rate(frame.RefusalRate)}/s");
        console.Out.WriteLine();
        Processors(frame);
        Maps(page, frame);
        Refusals(page, frame);
    }

    private void Processors(TopFrame frame)
    {
        TextTable table = new("CPU", "load", "%", "threads", "IRQL");
        foreach ((TopProcessor processor, double load) in frame.Processors)
        {
            int full = (int)Math.Round(load * BarCells);
            string bar = new string('#', full) + new string('.', BarCells - full);
            table.Add(processor.Number, bar, (int)Math.Round(load * 100), processor.Threads, IrqlNames.NameOf((Irql)processor.Irql));
        }

        table.WriteTo(console);
    }

    private void Maps(Page page, TopFrame frame)
    {
        page.Heading("Busiest maps");
        TextTable table = new("id", "name", "type", "% of recent map requests");
        int count = 0;
        foreach ((TopMap map, double share) in frame.Maps.Take(rows))
        {
            table.Add(map.Id, map.Name, map.Type, (int)Math.Round(share * 100));
            count++;
        }

        if (count == 0)
        {
            page.Line("none: no recent request was about a map");
            return;
        }

        table.WriteTo(console);
    }

    private void Refusals(Page page, TopFrame frame)
    {
        TextTable table = new("check", "refusals/s");
        int count = 0;
        foreach ((string check, double rate) in frame.Refusals.Take(rows))
        {
            table.Add(check, Rate(rate));
            count++;
        }

        if (count > 0)
        {
            page.Heading("Refusals");
            table.WriteTo(console);
        }
    }

    private static string Rate(double rate) => rate is > 0 and < 10
        ? rate.ToString("0.0", CultureInfo.InvariantCulture)
        : rate.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Size(double bytes)
    {
        int unit = 0;
        for (; bytes >= 1000 && unit < s_units.Length - 1; unit++)
        {
            bytes /= 1000;
        }

        return $"{bytes.ToString(bytes < 10 && unit > 0 ? "0.0" : "0", CultureInfo.InvariantCulture)} {s_units[unit]}";
    }
}
