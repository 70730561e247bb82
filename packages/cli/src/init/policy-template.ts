/** The policy that `scruple init` writes: two interactions, a limit, a promise, and tests for what is fine and what is not. */
export const policyTemplate = `/// What the shop may do with what customers told it, and with what they bought.
policy shop.customers

use std.categories
use std.purposes
use std.recipients
use std.channels

/// Orders, as customers placed them.
source orders provided
  collected for service_provision, customer_care
  keep at most 2 years
{
  email     : email
  purchases : purchase_history
  size      : size
}

subject {
  age : int 0..130
}

condition adult = subject.age >= 18

/// A customer writes to us and asks for help.
interaction help_desk started by customer {
  purposes customer_care
  channels live_chat, email

  orders: allow disclose orders
    to customer
    under contract
    told "When you ask for help, we look at your orders with you."
}

/// We write to customers about what is new.
interaction offer_email started by company {
  purposes direct_marketing
  channels email

  offers: allow use, disclose orders
    to customer
    under consent
    when adult
    told "If you agree, we choose offers by what you bought, and say so in them."

  enough: deny use any
    after 2 per week
    because "Nobody wants more than two letters a week."
}

promise "We never advertise to you unless you said yes." {
  never use any for direct_marketing unless consent for direct_marketing
}

test "a customer who asks sees the own orders" {
  in help_desk for customer_care on live_chat
  given data.age = 20 days
  expect allow disclose orders.purchases because help_desk.orders
}

test "what we should have deleted is not shown" {
  in help_desk for customer_care on live_chat
  given data.age = 3 years
  expect deny disclose orders.purchases because orders.keep
}

test "offers go to adults who said yes" {
  in offer_email for direct_marketing on email
  given subject.age = 34, data.age = 20 days, consent for direct_marketing on email
  expect allow use orders.purchases because offer_email.offers
}

test "offers go to nobody else" {
  in offer_email for direct_marketing on email
  given subject.age = 17, data.age = 20 days, consent for direct_marketing on email
  expect deny use orders.purchases
}

test "an objection outweighs an older yes" {
  in offer_email for direct_marketing on email
  given subject.age = 34, data.age = 20 days, consent for direct_marketing, objection to direct_marketing on email
  expect deny use orders.purchases
}
`;
