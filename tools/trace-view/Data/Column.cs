using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace KernelSim.TraceView.Data;

/// <summary>
/// One field of all events of a kind. Integers, or numbers of strings; written in the shortest of three encodings that a script decodes in one
/// pass: plain, as differences, or as runs of a value and its count.
/// </summary>
/// <remarks>
/// A script's numbers are exact up to 2^53. An address is written as a signed number, so that those at the top of the address space stay small;
/// a column with a number that is still too large becomes one of hexadecimal strings.
/// </remarks>
internal sealed class Column(StringTable strings)
{
    private const long Exact = 1L << 53;

    private readonly List<long> _numbers = [];
    private bool _isText;

    /// <summary>Adds the field of one more event: an integer of any width, a string, or null for a missing field.</summary>
    public void Add(object? value)
    {
        if (value is null)
        {
            _numbers.Add(_isText ? strings.Number(string.Empty) : 0);
        }
        else if (value is string text)
        {
            BecomeText();
            _numbers.Add(strings.Number(text));
        }
        else
        {
            long number = value is ulong address ? unchecked((long)address) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
            if (!_isText && number is > Exact or < -Exact)
            {
                BecomeText();
            }

            _numbers.Add(_isText ? strings.Number(Hex(number)) : number);
        }
    }

    /// <summary>Writes <c>{"k":"n|d|r","s":1 for strings,"v":[…]}</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        (string kind, IEnumerable<long> values, _) = Spellings().MinBy(s => s.Length);
        json.WriteStartObject();
        json.WriteString("k", kind);
        if (_isText)
        {
            json.WriteNumber("s", 1);
        }

        json.WriteStartArray("v");
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Hex(long number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");

    private static int Digits(long number) =>
        number == 0 ? 2 : (number < 0 ? 3 : 2) + (int)(BitOperations.Log2((ulong)Math.Abs(number)) * 0.30103);

    private void BecomeText()
    {
        if (_isText)
        {
            return;
        }

        _isText = true;
        for (int i = 0; i < _numbers.Count; i++)
        {
            _numbers[i] = strings.Number(Hex(_numbers[i]));
        }
    }

    private IEnumerable<(string Kind, IEnumerable<long> Values, long Length)> Spellings()
    {
        yield return ("n", _numbers, _numbers.Sum(n => (long)Digits(n)));
        yield return ("d", Differences(), Differences().Sum(n => (long)Digits(n)));
        yield return ("r", Runs(), Runs().Sum(n => (long)Digits(n)));
    }

    private IEnumerable<long> Differences()
    {
        long last = 0;
        foreach (long number in _numbers)
        {
            yield return number - last;
            last = number;
        }
    }

    private IEnumerable<long> Runs()
    {
        for (int i = 0; i < _numbers.Count;)
        {
            int end = i + 1;
            while (end < _numbers.Count && _numbers[end] == _numbers[i])
            {
                end++;
            }

            yield return _numbers[i];
            yield return end - i;
            i = end;
        }
    }
}
