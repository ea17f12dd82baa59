using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.Events;
using Sluice.Settings;

namespace Sluice.Tests.Events;

/// <summary>A wrong setting of events fails the start, with the name of the setting and without its secrets.</summary>
public sealed class EventOptionsCheckTests
{
    private static readonly Dictionary<string, string?> _good = new()
    {
        ["Sluice:Blob:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Sluice:Blob:Containers:0"] = "uploads",
        ["Sluice:Relay:Targets:erp:Address"] = "https://erp.example/",
        ["Sluice:Events:Destinations:a:Target"] = "erp",
        ["Sluice:Events:Destinations:a:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ["Sluice:Events:Destinations:b:Queue"] = "stored",
        ["Sluice:Events:Destinations:c:EventGrid"] = "https://t.westeurope-1.eventgrid.azure.net/api/events",
    };

    [Fact]
    public void Good_settings_pass() => Assert.Empty(Problems());

    [Theory]
    [InlineData("Destinations:a:Queue", "stored", "Destinations:a must have exactly one of Target, Queue and EventGrid")]
    [InlineData("Destinations:d:Path", "x", "Destinations:d must have exactly one of Target, Queue and EventGrid")]
    [InlineData("Destinations:a:Target", "erb", "Destinations:a:Target is 'erb'")]
    [InlineData("Destinations:a:Path", "../x", "Destinations:a:Path is '../x'")]
    [InlineData("Destinations:a:Secret", "not-for-logs", "Destinations:a:Secret must be whsec_")]
    [InlineData("Destinations:b:Secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "Destinations:b:Secret must be whsec_")]
    [InlineData("Destinations:b:Queue", "Stored", "Destinations:b:Queue is 'Stored'")]
    [InlineData("Destinations:b:Key", "not-for-logs", "Destinations:b:Key is set, and EventGrid is not")]
    [InlineData("Destinations:c:EventGrid", "http://t.example/", "Destinations:c:EventGrid must be the https URL")]
    [InlineData("Destinations:a:Containers:0", "other", "Destinations:a:Containers:0 is 'other'")]
    [InlineData("Destinations:a:Rules:0", "none", "Destinations:a:Rules:0 is 'none'")]
    [InlineData("Destinations:a:Sources:0", "none", "Destinations:a:Sources:0 is 'none'")]
    [InlineData("Destinations:a:MaxPerSecond", "0", "Destinations:a:MaxPerSecond is '0'")]
    [InlineData("Destinations:a:Types:0", "7", "Destinations:a:Types:0 is '7'")]
    [InlineData("Destinations:a b:Queue", "stored", "Destinations:a b has a name that can't be used")]
    [InlineData("Queue", "x", "Queue is 'x'")]
    [InlineData("DeadLetterQueue", "sluice-events", "DeadLetterQueue is the same as Sluice:Events:Queue")]
    [InlineData("Destinations:b:Queue", "sluice-events", "Destinations:b:Queue is 'sluice-events': that is a queue of the outbox")]
    [InlineData("Endpoint", "http://a.queue.core.windows.net", "Endpoint must be an https URL")]
    [InlineData("Source", "no uri", "Source is no URI reference")]
    [InlineData("MaxAge", "00:00:00", "MaxAge is '00:00:00'")]
    [InlineData("Destination:a:Queue", "stored", "Destination is not a setting. Did you mean 'Destinations'?")]
    public void A_wrong_setting_is_named(string key, string value, string problem)
    {
        var problems = Problems((key, value));

        Assert.Contains(problems, found => found.StartsWith($"Sluice:Events:{problem}", StringComparison.Ordinal));
        Assert.DoesNotContain(problems, static found => found.Contains("not-for-logs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_filter_that_keeps_everything_away_is_named() => Assert.Contains(
        Problems(
            ("Destinations:a:Types:0", "Created"), ("Destinations:a:Sources:0", "github")),
        static found => found.StartsWith("Sluice:Events:Destinations:a has Rules or Sources, and would get nothing", StringComparison.Ordinal));

    [Fact]
    public void Only_one_account_is_selected() => Assert.Contains(
        Problems(("Endpoint", "https://a.queue.core.windows.net"), ("ConnectionString", "UseDevelopmentStorage=true")),
        static found => found.StartsWith("Sluice:Events:Endpoint is set, and so is", StringComparison.Ordinal));

    [Fact]
    public void Destinations_without_the_package_are_a_mistake() => Assert.Contains(
        Problems(services: static services => services),
        static found => found.StartsWith("Sluice:Events:Destinations is set, and this app sends no events", StringComparison.Ordinal));

    private static IEnumerable<string> Problems(params (string Key, string Value)[] settings) =>
        Problems(static services => services.AddSluiceEvents(), settings);

    private static IEnumerable<string> Problems(
        Func<IServiceCollection, IServiceCollection> services, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(_good);
        foreach (var (key, value) in settings)
            all[$"Sluice:Events:{key}"] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        using var provider = services(new ServiceCollection().AddLogging().AddSluice(configuration)).BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<EventOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }
}
