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

    /// <summary>Bytes of a document that are written at a time.</summary>
    private const int MostPending = 1 << 16;

    private readonly NumberList _numbers = new();
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

    /// <summary>Adds a small integer of one more event.</summary>
    public void Add(int value) => _numbers.Add(value);

    /// <summary>Writes <c>{"k":"n|d|r","s":1 for strings,"v":[…]}</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        (string kind, IEnumerable<long> values) = Shortest();
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
            if (json.BytesPending >= MostPending)
            {
                json.Flush();
            }
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

    private (string Kind, IEnumerable<long> Values) Shortest()
    {
        long plain = 0;
        long differences = 0;
        long runs = 0;
        long last = 0;
        long run = 0;
        for (int i = 0; i < _numbers.Count; i++)
        {
            long number = _numbers[i];
            int digits = Digits(number);
            plain += digits;
            differences += Digits(number - last);
            if (run > 0 && number == last)
            {
                run++;
            }
            else
            {
                runs += (run > 0 ? Digits(run) : 0) + digits;
                run = 1;
            }

            last = number;
        }

        runs += run > 0 ? Digits(run) : 0;
        return plain <= differences && plain <= runs ? ("n", Plain())
            : differences <= runs ? ("d", Differences())
            : ("r", Runs());
    }

    private IEnumerable<long> Plain()
    {
        for (int i = 0; i < _numbers.Count; i++)
        {
            yield return _numbers[i];
        }
    }

    private IEnumerable<long> Differences()
    {
        long last = 0;
        for (int i = 0; i < _numbers.Count; i++)
        {
            yield return _numbers[i] - last;
            last = _numbers[i];
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
